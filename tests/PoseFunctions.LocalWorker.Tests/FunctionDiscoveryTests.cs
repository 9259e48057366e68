using Microsoft.Azure.Functions.Worker;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalWorker.Tests;

public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(TwoTriggers), "exactly one trigger")]
    [InlineData(typeof(NoTrigger), "exactly one trigger")]
    [InlineData(typeof(RetriedQueue), "Retry attributes")]
    [InlineData(typeof(BadName), "A name is")]
    public void Find_DeclarationThatAzureRefuses_IsRefusedByName(Type type, string problem)
    {
        var exception = Assert.Throws<FunctionDeclarationException>(() => new FunctionCatalog([type]));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ParameterThatNothingGives_IsRefusedByName()
    {
        var function = Assert.Single(new FunctionCatalog([typeof(UnknownParameter)]).All);

        var exception = Assert.Throws<FunctionDeclarationException>(() => FunctionBinder.Bind(
            function, new Dictionary<string, Type> { ["id"] = typeof(string) }, parameter => parameter == function.TriggerParameter ? _ => default : null));

        Assert.Contains("'missing'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_Defaults_AreThoseOfTheRealWorker()
    {
        Assert.Equal(AuthorizationLevel.Anonymous, new HttpTriggerAttribute("get").AuthLevel);
        Assert.Equal(BlobTriggerSource.LogsAndContainerScan, new BlobTriggerAttribute("c/{n}").Source);
        Assert.True(new TimerTriggerAttribute("* * * * *").UseMonitor);
    }

    public sealed class TwoTriggers
    {
        [Function("Two")]
        public static void Run([QueueTrigger("a")] string first, [QueueTrigger("b")] string second) => _ = first + second;
    }

    public sealed class NoTrigger
    {
        [Function("None")]
        public static void Run(string text) => _ = text;
    }

    public sealed class RetriedQueue
    {
        [Function("Retried")]
        [FixedDelayRetry(3, "00:00:01")]
        public static void Run([QueueTrigger("a")] string text) => _ = text;
    }

    public sealed class BadName
    {
        [Function("1 two")]
        public static void Run([QueueTrigger("a")] string text) => _ = text;
    }

    public sealed class UnknownParameter
    {
        [Function("Unknown")]
        public static void Run([QueueTrigger("a")] string text, string missing) => _ = text + missing;
    }
}
