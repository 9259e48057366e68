using System.Text.Json;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Tests.Refusals;

/// <summary>Functions that need what the host does not do.</summary>
public sealed class UnsupportedFunctionTests
{
    private const string Queue = """{ "name": "message", "type": "queueTrigger", "direction": "In", "queueName": "q" }""";

    [Theory]
    [InlineData(
        $$"""{ "name": "F", "bindings": [{{Queue}}, { "name": "copy", "type": "blob", "direction": "Out" }] }""",
        "the output binding 'copy' of type blob")]
    [InlineData(
        $$"""{ "name": "F", "bindings": [{{Queue}}, { "name": "photo", "type": "blob", "direction": "In" }] }""",
        "the input binding 'photo' of type blob")]
    [InlineData(
        $$"""{ "name": "F", "bindings": [{{Queue}}], "retry": { "strategy": "fixedDelay", "maxRetryCount": 3 } }""",
        "a retry policy of its own")]
    [InlineData(
        """{ "name": "F", "bindings": [{ "name": "event", "type": "cosmosDBTrigger", "direction": "In" }] }""",
        "a trigger of type cosmosDBTrigger")]
    [InlineData(
        """{ "name": "F", "bindings": [{ "name": "bytes", "type": "queueTrigger", "direction": "In", "queueName": "q", "dataType": "Binary" }] }""",
        "the binary parameter 'bytes' (BinaryData is one that it does)")]
    [InlineData(
        """{ "name": "F", "bindings": [{ "name": "request", "type": "httpTrigger", "direction": "In", "authLevel": "User" }] }""",
        "the authorization level User")]
    public void Read_OfFunctionThatNeedsMore_NamesFunctionAndNeed(string json, string need)
    {
        var function = JsonSerializer.Deserialize(json, AppFilesJsonContext.Default.FunctionMetadata)!;

        var exception = Assert.Throws<LocalHostException>(() => FunctionDeclarationReader.Read(function));

        Assert.Equal($"the function F has {need}, which the local host does not support.", exception.Message);
    }

    [Fact]
    public void Read_OfFunctionWithoutTrigger_SaysSo()
    {
        var function = new FunctionMetadata { Name = "F", Bindings = [] };

        Assert.Equal("the function F has no trigger.", Assert.Throws<LocalHostException>(() => FunctionDeclarationReader.Read(function)).Message);
    }
}
