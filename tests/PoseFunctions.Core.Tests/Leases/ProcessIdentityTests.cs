using System.Diagnostics;
using PoseFunctions.Core.Leases;
using Xunit;

namespace PoseFunctions.Core.Tests.Leases;

public sealed class ProcessIdentityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void HasEnded_ThisProcess_RunsOn() => Assert.False(ProcessIdentity.HasEnded(ProcessIdentity.OfThisProcess));

    [Fact]
    public async Task HasEnded_ChildThatWasKilled_HasThoughItRanBefore()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are told apart on Linux only.");
        using var child = Process.Start("sleep", ["60"]);
        var name = ProcessIdentity.Of(child.Id);
        Assert.NotNull(name);
        Assert.False(ProcessIdentity.HasEnded(name));

        child.Kill();
        await child.WaitForExitAsync(Cancel);

        Assert.True(ProcessIdentity.HasEnded(name));
    }

    [Fact]
    public void HasEnded_IdThatAnotherProcessHasNow_Has()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are told apart on Linux only.");

        Assert.True(ProcessIdentity.HasEnded(ProcessIdentity.OfThisProcess + "0"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another-boot/pid:[1]/1/1")]
    [InlineData("no name at all")]
    public void HasEnded_NoProcessOfThisMachine_IsNotKnown(string? name) => Assert.False(ProcessIdentity.HasEnded(name));
}
