using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

public sealed class ListJobsTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task ListJobs_PageByPage_ShowsEveryJobOnce()
    {
        var expected = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            expected.Add((await api.AddAsync(AJob.Queued())).Record.Id.ToString());
        }

        var found = new List<string>();
        for (var path = "/api/jobs?limit=3"; path is not null;)
        {
            using var response = await api.Client.FetchAsync(path);
            var page = await response.JsonAsync();
            found.AddRange(page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!));
            path = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task ListJobs_ByState_ShowsThatStateOnly()
    {
        await api.AddAsync(AJob.Queued());
        var failed = await api.AddAsync(AJob.Failed());
        using var response = await api.Client.FetchAsync("jobs?state=failed");

        var job = Assert.Single((await response.JsonAsync()).GetProperty("jobs").EnumerateArray());
        Assert.Equal(failed.Record.Id.ToString(), job.GetProperty("id").GetString());
        Assert.Equal($"/api/jobs/{failed.Record.Id}", job.GetProperty("href").GetString());
    }

    [Fact]
    public async Task ListJobs_StateAmongOthers_IsFoundWholeInPagesWithinTheLimit()
    {
        const int Limit = 3;
        var expected = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            await api.AddAsync(AJob.Queued());
            if (i % 3 == 0)
            {
                expected.Add((await api.AddAsync(AJob.Failed())).Record.Id.ToString());
            }
        }

        var found = new List<string>();
        for (var path = $"/api/jobs?state=failed&limit={Limit}"; path is not null;)
        {
            using var response = await api.Client.FetchAsync(path);
            var page = await response.JsonAsync();
            Assert.InRange(page.GetProperty("jobs").GetArrayLength(), 0, Limit);
            found.AddRange(page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!));
            path = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task ListJobs_OfOneTenant_ShowsNoOtherTenantsJobs()
    {
        Assert.True(Tenant.TryParse("shop-a", out var tenant));
        var own = await api.AddAsync(AJob.Queued(AJob.NewId(tenant)));
        await api.AddAsync(AJob.Queued());
        using var response = await api.Client.FetchAsync("jobs", ("X-Tenant", "shop-a"));

        var job = Assert.Single((await response.JsonAsync()).GetProperty("jobs").EnumerateArray());
        Assert.Equal(own.Record.Id.ToString(), job.GetProperty("id").GetString());
    }

    [Fact]
    public async Task ListJobs_NextPage_DoesNotRepeatTheKey()
    {
        await api.AddAsync(AJob.Queued());
        await api.AddAsync(AJob.Queued());
        using var response = await api.Client.FetchAsync("jobs?limit=1&code=function-key");

        Assert.DoesNotContain("function-key", (await response.JsonAsync()).GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListJobs_ContinuationOfAnotherTenant_IsRefused()
    {
        await api.AddAsync(AJob.Queued());
        await api.AddAsync(AJob.Queued());
        using var first = await api.Client.FetchAsync("jobs?limit=1");
        var continuation = (await first.JsonAsync()).GetProperty("continuation").GetString();
        using var response = await api.Client.FetchAsync($"jobs?continuation={continuation}", ("X-Tenant", "shop-a"));

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }

    [Theory]
    [InlineData("state=sleeping")]
    [InlineData("state=3")]
    [InlineData("state=queued,parsing")]
    [InlineData("state=queued&state=parsing")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    [InlineData("continuation=nonsense")]
    [InlineData("continuation=%00%e2%80%ae")]
    [InlineData("continuation=ZGVmYXVsdC8")] // default/
    [InlineData("continuation=ZGVmYXVsdC9ub25zZW5zZQ")] // default/nonsense
    public async Task ListJobs_QueryNotValid_IsRefused(string query)
    {
        using var response = await api.Client.FetchAsync($"jobs?{query}");

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }
}
