namespace PoseFunctions.ModelImport.Published;

/// <summary>What an imported model gives.</summary>
/// <param name="Tensor">Name of the tensor in the published graph, an output or an inner activation.</param>
/// <param name="Name">Name of the output.</param>
/// <param name="Role">What it is for; see <see cref="Core.Models.TensorRoles"/>.</param>
internal sealed record PublishedOutput(string Tensor, string Name, string Role);
