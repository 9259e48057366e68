using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Poses;

/// <summary>The shipped poses. Read-only.</summary>
public sealed class PoseLibrary
{
    private readonly FrozenDictionary<string, LibraryPose> byName;

    private PoseLibrary(LibraryPose[] poses)
    {
        All = poses;
        byName = poses.ToFrozenDictionary(pose => pose.Name, StringComparer.Ordinal);
    }

    /// <summary>All poses, in the order of presentation.</summary>
    public IReadOnlyList<LibraryPose> All { get; }

    /// <summary>Reads the library that is embedded in this assembly.</summary>
    public static PoseLibrary Load()
    {
        using var resource = typeof(PoseLibrary).Assembly.GetManifestResourceStream("pose-library.json")
            ?? throw new InvalidOperationException("The pose library is not embedded.");
        return new(JsonSerializer.Deserialize(resource, PoseLibraryJsonContext.Default.LibraryPoseArray)!);
    }

    /// <summary>The pose of that name.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PoseUnknown"/>.</exception>
    public LibraryPose Get(string name) => byName.TryGetValue(name, out var pose)
        ? pose
        : throw new RejectedException(
            FailureCodes.PoseUnknown,
            $"There is no pose '{name}'; the library has: {string.Join(", ", All.Select(known => known.Name))}.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LibraryPose[]))]
internal sealed partial class PoseLibraryJsonContext : JsonSerializerContext;
