using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Journeys;

/// <summary>The rendered people that the repository ships.</summary>
internal static class SamplePhotos
{
    /// <summary>Full paths, always in the same order.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(RepositoryRoot.Combine("models", "samples"), "*.jpg").Order(StringComparer.Ordinal)];
}
