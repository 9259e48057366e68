namespace PoseFunctions.Core.Models;

/// <summary>Where one recorded tensor lies in the golden file.</summary>
public sealed record GoldenTensor(string Name, IReadOnlyList<int> Shape, long Offset);
