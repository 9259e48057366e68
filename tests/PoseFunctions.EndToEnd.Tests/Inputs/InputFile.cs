namespace PoseFunctions.EndToEnd.Tests.Inputs;

/// <summary>A file as somebody sends it: whatever bytes under whatever name.</summary>
internal sealed record InputFile(string Name, byte[] Content);
