namespace PoseFunctions.Api.Views;

/// <summary>The photo whose scene a job's person is put into. Width and height are those of the upright picture, null until it was decoded.</summary>
public sealed record SceneView(string Name, long? Length, int? Width, int? Height);
