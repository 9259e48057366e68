using System.Security.Cryptography;

namespace PoseFunctions.LocalHost.Tests.Events.Faults;

/// <summary>Another seed in every run, printed so that a failure can be had again.</summary>
internal static class ASeed
{
    public static int Draw()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        return seed;
    }
}
