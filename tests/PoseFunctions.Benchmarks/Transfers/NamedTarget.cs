using PoseFunctions.Core.Requests;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>A target pose, and what results and report call it.</summary>
internal sealed record NamedTarget(string Name, TargetPose Pose);
