using PoseFunctions.LocalHost.Tests.Support;

namespace PoseFunctions.LocalHost.Tests.Triggers;

/// <summary>Queue messages as the functions of the sample get them.</summary>
[Collection(BindingsCollection.Name)]
public sealed class QueueTriggerTests(BindingsFixture fixture)
{
    private readonly SampleHost host = fixture.Host;

    [Theory]
    [InlineData("text", "QueueText", "words with ümläuts", "words with ümläuts 1 True")]
    [InlineData("binary", "QueueBinary", "bytes", "bytes")]
    [InlineData("order", "QueueOrder", """{"Id":"o-1","Count":3}""", "o-1 3")]
    [InlineData("whole", "QueueWhole", "message", "message 1 True")]
    public async Task Message_IsBoundToTheParameter(string queue, string function, string message, string expected)
    {
        await host.SendAsync(queue, message);

        await host.Journal.WaitForAsync(function, expected);
    }

    [Fact]
    public async Task Message_WhoseFunctionFails_IsPoisonAfterTheTriesOfHostJson()
    {
        await host.SendAsync("fail", "bad");

        await host.Journal.WaitForAsync("QueuePoison", "bad");
        Assert.Equal(["bad 1", "bad 2", "bad 3"], host.Journal.Of("QueueFail"));
    }
}
