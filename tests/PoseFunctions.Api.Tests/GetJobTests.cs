using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Api.Functions;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

public sealed class GetJobTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task GetJob_Succeeded_ShowsResultsModelAndTimings()
    {
        var job = await api.AddAsync(AJob.Succeeded(request: AJob.Request(targets: 2)));
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}");

        var view = await response.JsonAsync();
        Assert.Equal("succeeded", view.GetProperty("state").GetString());
        Assert.Equal(100, view.GetProperty("percent").GetInt32());
        var result = view.GetProperty("targets")[1].GetProperty("result");
        Assert.Equal($"/api/jobs/{job.Record.Id}/results/1", result.GetProperty("href").GetString());
        Assert.Equal("image/jpeg", result.GetProperty("mediaType").GetString());
        Assert.Equal(300, result.GetProperty("width").GetInt32());
        Assert.Equal(96, result.GetProperty("nativeWidth").GetInt32());
        Assert.Equal(96, view.GetProperty("generator").GetProperty("nativeWidth").GetInt32());
        Assert.Equal(40, view.GetProperty("timings").GetProperty("generateMilliseconds").GetDouble());
        Assert.False(view.GetProperty("links").TryGetProperty("cancel", out _));
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task GetJob_NothingInternal_IsShown()
    {
        var job = await api.AddAsync(AJob.Running());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}");

        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain(AJob.Owner, text, StringComparison.Ordinal);
        Assert.DoesNotContain("fence", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(job.Record.Source.PixelHash!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetJob_Failed_SaysWhy()
    {
        var job = await api.AddAsync(AJob.Failed());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}");

        var failure = (await response.JsonAsync()).GetProperty("failure");
        Assert.Equal(FailureCodes.PersonMissing, failure.GetProperty("code").GetString());
        Assert.False(failure.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task GetJob_Waiting_EstimatesPositionAndTimeFromQueueAndLiveWorkers()
    {
        for (var i = 0; i < 10; i++)
        {
            await api.Queue.SendAsync(JobMessage.For(AJob.Queued()), Cancel);
        }

        await api.Leases.CreateAsync(new("alive", AJob.Now.AddMinutes(5), JobsPerSecond: 2), Cancel);
        await api.Leases.CreateAsync(new("dead", AJob.Now.AddSeconds(1), JobsPerSecond: 100), Cancel);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var last = AJob.Queued() with { QueuedAt = AJob.Now.AddSeconds(10) };
        var middle = AJob.Queued() with { QueuedAt = AJob.Now.AddSeconds(5) };
        await api.AddAsync(last);
        await api.AddAsync(middle);

        using var ofLast = await api.Client.FetchAsync($"jobs/{last.Id}");
        using var ofMiddle = await api.Client.FetchAsync($"jobs/{middle.Id}");

        var queue = (await ofLast.JsonAsync()).GetProperty("queue");
        Assert.Equal(10, queue.GetProperty("position").GetInt32());
        Assert.Equal(4.5, queue.GetProperty("estimatedSeconds").GetDouble());
        Assert.Equal(TimeSpan.FromSeconds(5), ofLast.Headers.RetryAfter!.Delta);
        Assert.Equal(5, (await ofMiddle.JsonAsync()).GetProperty("queue").GetProperty("position").GetInt32());
    }

    [Fact]
    public async Task GetJob_WaitingWithoutWorkers_GivesNoTime()
    {
        var job = await api.AddAsync(AJob.Queued());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}");

        var queue = (await response.JsonAsync()).GetProperty("queue");
        Assert.Equal(1, queue.GetProperty("position").GetInt32());
        Assert.False(queue.TryGetProperty("estimatedSeconds", out _));
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task GetJob_KnownTag_AnswersNotModifiedUntilTheRecordChanges()
    {
        var job = await api.AddAsync(AJob.Queued());
        using var first = await api.Client.FetchAsync($"jobs/{job.Record.Id}");
        var tag = first.Headers.ETag!.ToString();

        foreach (var known in (string[])[tag, $"\"other\", {tag}", "*"])
        {
            using var same = await api.Client.FetchAsync($"jobs/{job.Record.Id}", ("If-None-Match", known));
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
            Assert.Equal(tag, same.Headers.ETag?.ToString());
            Assert.Equal(first.Headers.CacheControl, same.Headers.CacheControl);
        }

        await api.ChangeAsync(job.Record.Id, record => record.Cancel(AJob.Now));
        using var changed = await api.Client.FetchAsync($"jobs/{job.Record.Id}", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task GetJob_WaitWithTag_AnswersAsSoonAsTheRecordChanges()
    {
        var job = await api.AddAsync(AJob.Queued());
        using var first = await api.Client.FetchAsync($"jobs/{job.Record.Id}");
        var waiting = api.Client.FetchAsync(
            $"jobs/{job.Record.Id}", ("If-None-Match", first.Headers.ETag!.ToString()), ("Prefer", "respond-async, wait=30"));

        await api.Clock.WaitForTimersAsync(1, Cancel);
        await api.ChangeAsync(job.Record.Id, record => record.TakeBy("w", AJob.Generator, false, AJob.Now));
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await waiting;
        Assert.Equal("running", (await response.JsonAsync()).GetProperty("state").GetString());
        Assert.Equal("wait=30", Assert.Single(response.Headers.GetValues("Preference-Applied")));
    }

    [Fact]
    public async Task GetJob_WaitWithoutTag_PassesOverChangesUntilFinal()
    {
        var job = await api.AddAsync(AJob.Queued());
        var waiting = api.Client.FetchAsync($"jobs/{job.Record.Id}", ("Prefer", "wait=30"));

        await api.Clock.WaitForTimersAsync(1, Cancel);
        await api.ChangeAsync(job.Record.Id, record => record.TakeBy("w", AJob.Generator, false, AJob.Now));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await api.Clock.WaitForTimersAsync(1, Cancel);
        Assert.False(waiting.IsCompleted);
        await api.ChangeAsync(job.Record.Id, record => record.Cancel(AJob.Now));
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await waiting;
        Assert.Equal("cancelled", (await response.JsonAsync()).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(true, HttpStatusCode.NotModified)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task GetJob_WaitIsOver_AnswersWithWhatThereIs(bool withTag, HttpStatusCode status)
    {
        var job = await api.AddAsync(AJob.Running());
        using var first = await api.Client.FetchAsync($"jobs/{job.Record.Id}");
        (string, string)[] headers = withTag
            ? [("Prefer", "wait=1"), ("If-None-Match", first.Headers.ETag!.ToString())]
            : [("Prefer", "wait=1")];
        var waiting = api.Client.FetchAsync($"jobs/{job.Record.Id}", headers);

        for (var quarter = 0; quarter < 4; quarter++)
        {
            await api.Clock.WaitForTimersAsync(1, Cancel);
            api.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        using var response = await waiting;
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task GetJob_WaitForFinalJobThatIsKnown_AnswersAtOnce()
    {
        var job = await api.AddAsync(AJob.Succeeded());
        using var first = await api.Client.FetchAsync($"jobs/{job.Record.Id}");
        using var response = await api.Client.FetchAsync(
            $"jobs/{job.Record.Id}", ("If-None-Match", first.Headers.ETag!.ToString()), ("Prefer", "wait=60"));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task GetJob_DeletedWhileWaiting_IsUnknown()
    {
        var job = await api.AddAsync(AJob.Queued());
        var waiting = api.Client.FetchAsync($"jobs/{job.Record.Id}", ("Prefer", "wait=30"));

        await api.Clock.WaitForTimersAsync(1, Cancel);
        await api.Records.DeleteAsync(job, Cancel);
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await waiting;
        await response.AssertProblemAsync(404, FailureCodes.JobUnknown);
    }

    [Theory]
    [InlineData("wait=1", "wait=1")]
    [InlineData("wait=\"1\"", "wait=1")]
    [InlineData("WAIT = 1", "wait=1")]
    [InlineData("wait=0", "wait=0")]
    [InlineData("wait=61", "wait=60")]
    [InlineData("wait=99999999999", "wait=60")]
    [InlineData("wait=\"99999999999999999999999\"", "wait=60")]
    [InlineData("wait=5; unit=s", "wait=5")]
    [InlineData("handling=lenient, respond-async; foo=\"a, b\", wait=7", "wait=7")]
    [InlineData("wait=3, wait=9", "wait=3")]
    public async Task GetJob_Wait_IsGrantedUpToAMinute(string preference, string applied)
    {
        var job = await api.AddAsync(AJob.Succeeded());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}", ("Prefer", preference));

        Assert.Equal(applied, Assert.Single(response.Headers.GetValues("Preference-Applied")));
    }

    [Fact]
    public async Task GetJob_SeveralPreferHeaders_AreOneList()
    {
        var job = await api.AddAsync(AJob.Succeeded());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}", ("Prefer", "respond-async"), ("Prefer", "wait=4"));

        Assert.Equal("wait=4", Assert.Single(response.Headers.GetValues("Preference-Applied")));
    }

    [Fact]
    public async Task GetJob_CallerHangsUpWhileWaiting_IsNotWaitedForAnyLonger()
    {
        var job = await api.AddAsync(AJob.Queued());
        using var hangUp = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = hangUp.Token, Request = { Headers = { ["Prefer"] = "wait=60" } } };
        var waiting = api.Services.GetRequiredService<GetJobFunction>().RunAsync(http.Request, job.Record.Id.ToString(), Cancel);

        await api.Clock.WaitForTimersAsync(1, Cancel);
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData("wait=soon")]
    [InlineData("wait=")]
    [InlineData("wait=1.5")]
    [InlineData("wait=soon, wait=1")]
    [InlineData(", ;=")]
    [InlineData("wait=-1")]
    [InlineData("wait")]
    public async Task GetJob_PreferenceThatCannotBeRead_IsIgnored(string preference)
    {
        var job = await api.AddAsync(AJob.Queued());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}", ("Prefer", preference));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("default.0123")]
    [InlineData("default.00000000000000000000000000000000")]
    public async Task GetJob_NoSuchId_IsUnknown(string id)
    {
        using var response = await api.Client.FetchAsync($"jobs/{id}");
        await response.AssertProblemAsync(404, FailureCodes.JobUnknown);

        using var conditional = await api.Client.FetchAsync($"jobs/{id}", ("If-None-Match", "\"1\""));
        await conditional.AssertProblemAsync(404, FailureCodes.JobUnknown);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/cancel")]
    [InlineData("GET", "/results/0")]
    public async Task AnyOfJob_OfAnotherTenant_IsUnknown(string method, string suffix)
    {
        Assert.True(Tenant.TryParse("shop-a", out var tenant));
        var job = await api.AddAsync(AJob.Succeeded(AJob.NewId(tenant)));
        using var response = await api.Client.SendAsync(
            new HttpMethod(method), $"jobs/{job.Record.Id}{suffix}", content: null, ("X-Tenant", "shop-b"));

        await response.AssertProblemAsync(404, FailureCodes.JobUnknown);
        Assert.NotNull(await api.Records.FindAsync(job.Record.Id, Cancel));
    }
}
