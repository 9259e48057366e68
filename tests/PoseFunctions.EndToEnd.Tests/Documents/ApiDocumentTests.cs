using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Documents;

/// <summary>What the documentation tells callers to type works as it stands.</summary>
public sealed class ApiDocumentTests(ServiceFixture service, ITestOutputHelper log)
{
    [Fact]
    public async Task ApiDocument_ItsCommandsInOneShell_AllSucceed()
    {
        var cancel = TestContext.Current.CancellationToken;
        var document = await CommandDocument.ReadAsync(RepositoryRoot.Combine("docs", "api.md"), cancel);
        var (exitCode, output) = await document.RunAsync(
            new()
            {
                ["BASE"] = service.Host.Address.GetLeftPart(UriPartial.Authority),
                ["KEY"] = service.Arguments.Key,
                ["PHOTO"] = SamplePhotos.All[3],
            },
            cancel);

        log.WriteLine(output);
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{service.Host.Log}");
    }
}
