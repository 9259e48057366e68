namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>A stage of a build.</summary>
/// <param name="Name">What <c>AS</c> calls it.</param>
/// <param name="Image">What it starts from, as written.</param>
/// <param name="Instructions">What it does, after <c>FROM</c>.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record DockerStage(string Name, string Image, IReadOnlyList<DockerInstruction> Instructions, int Line)
{
    public IEnumerable<DockerInstruction> Of(string keyword) => Instructions.Where(instruction => instruction.Keyword == keyword);
}
