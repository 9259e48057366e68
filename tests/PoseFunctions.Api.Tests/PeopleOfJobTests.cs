using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>What a job's view tells of the people in its photo.</summary>
public sealed class PeopleOfJobTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task GetJob_PhotoOfSeveralPeopleThatWasTurned_TellsWhoWasTakenAndWarns()
    {
        var job = Found(AJob.Succeeded(), people: 3, turns: 2, coverage: 0.25);
        await api.AddAsync(job);
        using var response = await api.Client.FetchAsync($"jobs/{job.Id}");

        var view = await response.JsonAsync();
        var source = view.GetProperty("source");
        Assert.Equal((3, 180), (source.GetProperty("people").GetInt32(), source.GetProperty("turned").GetInt32()));
        Assert.Equal([0.1, 0.25, 0.5, 0.75], source.GetProperty("person").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal(["several_people", "photo_turned"], Warnings(view));
        var target = view.GetProperty("targets")[0];
        Assert.Equal(0.25, target.GetProperty("result").GetProperty("coverage").GetDouble());
        Assert.Equal(["low_coverage"], Warnings(target));
    }

    [Fact]
    public async Task GetJob_OnePersonUprightAndSeen_WarnsOfNothing()
    {
        var job = Found(AJob.Succeeded(), people: 1, turns: 0, coverage: 0.5);
        await api.AddAsync(job);
        using var response = await api.Client.FetchAsync($"jobs/{job.Id}");

        var view = await response.JsonAsync();
        Assert.Empty(Warnings(view));
        Assert.Empty(Warnings(view.GetProperty("targets")[0]));
        Assert.Equal(0, view.GetProperty("source").GetProperty("turned").GetInt32());
    }

    [Fact]
    public async Task GetJob_LimbsThatNoPhotoShowed_WarnsOfThem()
    {
        var job = Found(AJob.Succeeded(), people: 1, turns: 0, coverage: 1);
        await api.AddAsync(job with { Targets = [.. job.Targets.Select(target => target with { Result = target.Result! with { LimbsInvented = true } })] });
        using var response = await api.Client.FetchAsync($"jobs/{job.Id}");

        Assert.Equal(["limbs_invented"], Warnings((await response.JsonAsync()).GetProperty("targets")[0]));
    }

    [Fact]
    public async Task GetJob_OneOfSeveralPeopleWasAskedFor_DoesNotWarnOfTheOthers()
    {
        var job = Found(AJob.Succeeded(request: AJob.Request() with { Person = new(PersonRule.Left) }), people: 2, turns: 0, coverage: 1);
        await api.AddAsync(job);
        using var response = await api.Client.FetchAsync($"jobs/{job.Id}");

        Assert.Empty(Warnings(await response.JsonAsync()));
    }

    [Fact]
    public async Task GetJob_FromBeforePeopleWereCounted_ShowsNoneAndWarnsOfNothing()
    {
        var job = await api.AddAsync(AJob.Succeeded());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}");

        var view = await response.JsonAsync();
        Assert.All((string[])["people", "person", "turned"], name => Assert.False(view.GetProperty("source").TryGetProperty(name, out _), name));
        Assert.False(view.GetProperty("targets")[0].GetProperty("result").TryGetProperty("coverage", out _));
        Assert.Empty(Warnings(view));
    }

    /// <summary>What a worker writes into a record when it has parsed the photo, of 300 x 400 pixels, and made the image.</summary>
    private static JobRecord Found(JobRecord job, int people, int turns, double coverage) => job with
    {
        Source = job.Source with { People = people, Turns = turns, Person = new(30, 100, 150, 300) },
        Targets = [job.Targets[0] with { Result = job.Targets[0].Result! with { Coverage = coverage } }],
    };

    private static string[] Warnings(JsonElement view) => [.. view.GetProperty("warnings").EnumerateArray().Select(code => code.GetString()!)];
}
