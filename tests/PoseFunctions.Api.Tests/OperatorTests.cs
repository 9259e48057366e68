using System.Net;
using System.Text.Json;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>What operators can see and do beyond their callers.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private static readonly Tenant ShopA = Tenant.Parse("shop-a");
    private static readonly Tenant ShopB = Tenant.Parse("shop-b");

    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task ListAllJobs_PageByPage_ShowsTheJobsOfEveryTenantInThatState()
    {
        var expected = new List<string>();
        foreach (var tenant in (Tenant[])[ShopA, ShopB, ShopB])
        {
            await api.AddAsync(AJob.Queued(AJob.NewId(tenant)));
            expected.Add((await api.AddAsync(AJob.Failed(AJob.NewId(tenant)))).Record.Id.ToString());
        }

        var found = new List<JsonElement>();
        for (var path = "/api/operator/jobs?state=failed&limit=2"; path is not null;)
        {
            using var response = await api.Client.FetchAsync(path);
            var page = await response.JsonAsync();
            found.AddRange(page.GetProperty("jobs").EnumerateArray());
            path = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Select(job => job.GetProperty("id").GetString()));
        Assert.All(found, job => Assert.Equal($"/api/jobs/{job.GetProperty("id").GetString()}", job.GetProperty("href").GetString()));
    }

    [Fact]
    public async Task GetBacklog_JobsOfSeveralTenants_AreCountedByState()
    {
        await api.AddAsync(AJob.Accepted(AJob.NewId(ShopA)));
        await api.AddAsync(AJob.In(JobState.Parsing));
        await api.AddAsync(AJob.Queued(AJob.NewId(ShopB)));
        await api.AddAsync(AJob.Running());
        await api.AddAsync(AJob.Failed());
        await api.AddAsync(AJob.Succeeded());
        using var response = await api.Client.FetchAsync("operator/backlog");

        var backlog = await response.JsonAsync();
        Assert.Equal(
            (2, 1, 1, 1, 0),
            (Of("unparsed"), Of("queued"), Of("running"), Of("failed"), Of("messages")));

        int Of(string name) => backlog.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task EraseTenant_ManyJobsAndMore_IsCompleteOnceARoundFindsNothing()
    {
        for (var job = 0; job < 210; job++)
        {
            await api.AddAsync(AJob.Succeeded(AJob.NewId(ShopA)));
        }

        var other = await api.AddAsync(AJob.Succeeded(AJob.NewId(ShopB)));
        api.Tenants.Left[ShopA] = api.Tenants.Left[ShopB] = 3;

        var rounds = new List<(int Jobs, bool Complete)>();
        do
        {
            using var response = await api.Client.SendAsync(HttpMethod.Delete, "operator/tenants/shop-a");
            var erasure = await response.JsonAsync();
            rounds.Add((erasure.GetProperty("jobs").GetInt32(), erasure.GetProperty("complete").GetBoolean()));
        }
        while (!rounds[^1].Complete && rounds.Count < 10);

        Assert.Equal([(200, false), (10, false), (0, true)], rounds);
        Assert.Empty((await api.Records.ListAsync(ShopA, 10, continuation: null, Cancel)).Jobs);
        Assert.NotNull(await api.Records.FindAsync(other.Record.Id, Cancel));
        Assert.Equal((0, 3), (api.Tenants.Left[ShopA], api.Tenants.Left[ShopB]));
    }

    [Fact]
    public async Task EraseTenant_NameNotAllowed_IsRefused()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Delete, "operator/tenants/SHOP");

        await response.AssertProblemAsync(400, FailureCodes.TenantInvalid);
    }

    [Fact]
    public async Task CreateJob_ServiceIsDrained_IsUnavailableWhileKnownJobsAreStillTold()
    {
        await using var drained = await ApiUnderTest.StartAsync(new() { ["Api:AcceptsJobs"] = "false" });
        var job = await drained.AddAsync(AJob.Queued());
        using var refused = await drained.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form());
        using var upload = await drained.Client.SendAsync(HttpMethod.Post, "uploads");
        using var told = await drained.Client.FetchAsync($"jobs/{job.Record.Id}");

        await refused.AssertProblemAsync(503, FailureCodes.Unavailable);
        Assert.NotNull(refused.Headers.RetryAfter);
        await upload.AssertProblemAsync(503, FailureCodes.Unavailable);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/cancel")]
    [InlineData("DELETE", "")]
    public async Task ChangeJob_RecordOfANewerRevision_IsLeftToThatRevision(string method, string suffix)
    {
        var job = await api.AddAsync(AJob.Queued() with { SchemaVersion = JobRecord.CurrentSchemaVersion + 1 });
        using var response = await api.Client.SendAsync(new HttpMethod(method), $"jobs/{job.Record.Id}{suffix}");
        using var told = await api.Client.FetchAsync($"jobs/{job.Record.Id}");

        await response.AssertProblemAsync(503, FailureCodes.Unavailable);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        Assert.Equal(job.Version, (await api.Records.FindAsync(job.Record.Id, Cancel))!.Version);
    }
}
