using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

public sealed class CatalogueAndHealthTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task ListPoses_ShowsTheLibraryWithKeypoints()
    {
        using var response = await api.Client.FetchAsync("poses");

        var list = await response.JsonAsync();
        Assert.Equal(Skeleton.JointNames, list.GetProperty("joints").EnumerateArray().Select(joint => joint.GetString()!));
        var poses = list.GetProperty("poses").EnumerateArray().ToArray();
        Assert.True(poses.Length >= 12);
        Assert.All(poses, pose => Assert.Equal(Skeleton.JointCount, pose.GetProperty("keypoints").GetArrayLength()));
        Assert.Contains("front", poses.Select(pose => pose.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task ListModels_ShowsManifestsGeneratorsFirst()
    {
        using var response = await api.Client.FetchAsync("models");

        var models = (await response.JsonAsync()).GetProperty("models");
        Assert.Equal(["flow-transfer", "scam", "xinggan", "parsing-net", "layout-net"], models.EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        var generator = models[0];
        Assert.Equal("generator", generator.GetProperty("kind").GetString());
        Assert.Equal(96, generator.GetProperty("nativeWidth").GetInt32());
        Assert.Equal(0.97, generator.GetProperty("metrics").GetProperty("pckh").GetDouble());
        Assert.Equal(
            ["sourceImage", "sourcePose", "targetPose"], generator.GetProperty("needs").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(["poseTransfer", "severalSources"], generator.GetProperty("can").EnumerateArray().Select(ability => ability.GetString()));
        Assert.False(generator.GetProperty("takesSeed").GetBoolean());
        var twoGraphs = models[1];
        Assert.Equal(
            ["sourceImage", "sourceParsing", "targetParsing", "noise"], twoGraphs.GetProperty("needs").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(["poseTransfer", "subjectTransfer"], twoGraphs.GetProperty("can").EnumerateArray().Select(ability => ability.GetString()));
        Assert.True(twoGraphs.GetProperty("takesSeed").GetBoolean());
        Assert.False(models[3].TryGetProperty("can", out _));
        var layout = models[4];
        Assert.Equal("layout", layout.GetProperty("kind").GetString());
        Assert.Equal(["sourceParsing", "sourcePose", "targetPose"], layout.GetProperty("needs").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(["background", "person"], layout.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.False(layout.TryGetProperty("can", out _));
    }

    [Fact]
    public async Task Health_WithoutKey_TellsLiveWorkersButNotWhoTheyAre()
    {
        await api.Leases.CreateAsync(
            new("machine-7", AJob.Now.AddMinutes(1), 1.5, Provider: "cpu", RequestedProvider: "cuda", Refusals: ["xinggan runs as fp32 instead of int8"]), Cancel);
        await api.Leases.CreateAsync(new("machine-8", AJob.Now.AddMinutes(-1), 9, Provider: "cuda"), Cancel);
        await api.Queue.SendAsync(JobMessage.For(AJob.Queued()), Cancel);

        using var live = await api.Client.FetchAsync("health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var ready = await api.Client.FetchAsync("health/ready");
        var health = await ready.JsonAsync();
        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(1, health.GetProperty("waiting").GetInt32());
        var worker = Assert.Single(health.GetProperty("workers").EnumerateArray());
        Assert.Equal("cpu", worker.GetProperty("provider").GetString());
        Assert.Equal("cuda", worker.GetProperty("requestedProvider").GetString());
        Assert.Equal("xinggan runs as fp32 instead of int8", Assert.Single(worker.GetProperty("refusals").EnumerateArray()).GetString());
        Assert.Equal(1.5, worker.GetProperty("jobsPerSecond").GetDouble());
        Assert.DoesNotContain("machine", health.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyFunction_StorageIsAway_AsksToTryAgain()
    {
        api.Jobs.BeforeRead = () => throw new InfrastructureException("secret-account does not answer", isTransient: true);
        using var response = await api.Client.FetchAsync($"jobs/{AJob.NewId()}");

        Assert.DoesNotContain("secret", await response.AssertProblemAsync(503, FailureCodes.Unavailable), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "^4bf92f3577b34da6a3ce929d0e0e4736$")]
    [InlineData("nonsense", "^[0-9a-f]{32}$")]
    public async Task AnyFunction_Problem_NamesTheTraceOfTheRequestAlsoWhereNobodyRecordsIt(string caller, string traceId)
    {
        using var response = await api.Client.FetchAsync($"jobs/{AJob.NewId()}", ("traceparent", caller));

        Assert.Matches(traceId, (await response.JsonAsync()).GetProperty("traceId").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnyFunction_OwnFault_TellsNothingOfTheInside(bool ours)
    {
        api.Jobs.BeforeRead = () => throw (ours
            ? new InfrastructureException("secret detail", isTransient: false)
            : new InvalidOperationException("secret detail"));
        using var response = await api.Client.FetchAsync($"jobs/{AJob.NewId()}");

        Assert.DoesNotContain("secret", await response.AssertProblemAsync(500, FailureCodes.Internal), StringComparison.Ordinal);
    }
}
