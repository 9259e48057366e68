using System.CommandLine;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Commands;

/// <summary>The option of the commands that render target poses, and lists of names as options write them.</summary>
internal static class PoseNames
{
    public static Option<string> Option() => new("--poses", "-p")
    {
        Description = "Target poses from the library, separated by commas; see 'poses'",
        HelpName = "a,b",
        DefaultValueFactory = _ => "front,three-quarter-left,back",
    };

    public static IReadOnlyList<TargetPose> Targets(string list) => [.. Split(list).Select(name => new TargetPose { Pose = name })];

    public static IReadOnlyList<string> Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
