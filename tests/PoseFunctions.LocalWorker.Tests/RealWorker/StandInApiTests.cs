using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Testing;

namespace PoseFunctions.LocalWorker.Tests.RealWorker;

public sealed class StandInApiTests
{
    private static readonly ApiDescription Described = ApiDescription.Load();

    private static readonly IReadOnlyList<ApiType> StandIn = ApiReflection.Read(typeof(FunctionContext).Assembly);

    [Fact]
    public void StandIn_WholePublicApi_IsThatOfTheRealWorker() => Assert.Empty(ApiComparison.Problems(Described, StandIn));

    [Fact]
    public void FunctionApps_Sources_NameNothingThatIsLocalOnly()
    {
        var naming =
            from app in (string[])["PoseFunctions.Api", "PoseFunctions.Worker"]
            from file in Directory.EnumerateFiles(RepositoryRoot.Combine("src", app), "*.cs", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains("PoseFunctions.LocalWorker", StringComparison.Ordinal)
            select file;

        Assert.Empty(naming);
    }

    // Each line below is changed in the description; the comparison has to notice, or it proves nothing.
    [Theory]
    [InlineData("  string Name { get; }", "", "has the member string Name { get; }, which the real one has not")]
    [InlineData("  string? Route { get; set; }", "  string? Route { get; }", "lacks the member string? Route { get; }")]
    [InlineData("  string? Connection { get; set; }", "  string Connection { get; set; }", "lacks the member string Connection { get; set; }")]
    [InlineData("  EventGrid = 1", "  EventGrid = 2", "lacks the member EventGrid = 2")]
    [InlineData("on Method, Property", "on Property", "may not stand on Method")]
    [InlineData("class TimerInfo", "sealed class TimerInfo", "is a sealed class, here a class")]
    [InlineData("sealed class HttpResultAttribute : OutputBindingAttribute", "sealed class HttpResultAttribute : Attribute", "lacks the base Attribute")]
    [InlineData("this FunctionsApplicationBuilder builder", "this IHostBuilder builder", "ConfigureFunctionsWebApplication(this IHostBuilder builder)")]
    [InlineData("namespace Microsoft.Extensions.Hosting", "namespace Microsoft.Azure.Functions.Worker", "Microsoft.Extensions.Hosting.MiddlewareWorkerApplicationBuilderExtensions is not in the real worker")]
    [InlineData("enum BindingDirection", "enum Direction", "Microsoft.Azure.Functions.Worker.Direction is missing")]
    [InlineData("local PoseFunctions.LocalWorker.Discovery", "", "FunctionDeclarationException is not in the real worker")]
    public void Comparison_DescriptionThatDiffers_IsNoticed(string line, string changed, string problem)
    {
        var file = RepositoryRoot.Combine("tests", "PoseFunctions.LocalWorker.Tests", "RealWorker", "worker-api.txt");
        var text = File.ReadAllText(file);
        Assert.Contains(line, text, StringComparison.Ordinal);
        var other = ApiDescription.Parse(text.Replace(line, changed, StringComparison.Ordinal).Split('\n'));

        Assert.Contains(ApiComparison.Problems(other, StandIn), found => found.Contains(problem, StringComparison.Ordinal));
    }
}
