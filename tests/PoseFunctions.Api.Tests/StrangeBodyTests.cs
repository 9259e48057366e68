using PoseFunctions.Api.Tests.Support;

namespace PoseFunctions.Api.Tests;

/// <summary>Whatever stands in a body is either taken or refused as the caller's mistake; nothing of it is this service's fault.</summary>
public sealed class StrangeBodyTests : IAsyncLifetime
{
    private const string Hole = "HOLE";

    private static readonly string Request = """{"targets":[{"pose":"front"}]}""";

    private static readonly string[] Values =
    [
        "null", "true", "-1", "5", "1.5", "1e400", "99999999999999999999", "[]", "[null]", "[[1,2,3]]", "{}", """{"a":1,"a":2}""", "\"\"",
        "\"front\"", "\"png,webp\"", "\"source,pose-photo\"", "\"7\"", "\"a/../b\"", "\"\\u0000\"", "\"\\ud800\"", "\"AAA\"", "\"9999-12-31T23:59:59-14:00\"",
        $"\"{new string('x', 5000)}\"", $"{new string('[', 100)}{new string(']', 100)}", "", "no JSON",
    ];

    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("HOLE")]
    [InlineData("""{"photo":HOLE,"request":REQUEST}""")]
    [InlineData("""{"photo":PHOTO,"request":HOLE}""")]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"fileName":HOLE}""")]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"unknown":HOLE}""")]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"posePhotos":HOLE}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"photo":"a"}]},"posePhotos":{"a":HOLE}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":HOLE}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[HOLE]}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":HOLE}]}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"photo":HOLE}]}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"keypoints":HOLE}]}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"keypoints":[HOLE,[0,0],[0,0],[0,0],[0,0],0,0,0,0,0,0,0,0,0,0,0,0,0]}]}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"generator":HOLE}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"expiresAt":HOLE}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"output":HOLE}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"output":{"format":HOLE}}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"output":{"quality":HOLE}}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"output":{"longSide":HOLE}}}""")]
    [InlineData("""{"photo":PHOTO,"request":{"targets":[{"pose":"front"}],"output":{"keepBackground":HOLE}}}""")]
    public Task CreateJob_AnyJson_IsTakenOrRefused(string template) => TryAllAsync("jobs", template);

    [Theory]
    [InlineData("HOLE")]
    [InlineData("""{"request":HOLE}""")]
    [InlineData("""{"request":REQUEST,"fileName":HOLE}""")]
    [InlineData("""{"request":REQUEST,"purpose":HOLE}""")]
    [InlineData("""{"purpose":HOLE}""")]
    [InlineData("""{"request":REQUEST,"unknown":HOLE}""")]
    public Task CreateUpload_AnyJson_IsTakenOrRefused(string template) => TryAllAsync("uploads", template);

    [Theory]
    [InlineData("poses")]
    [InlineData("generator")]
    [InlineData("format")]
    [InlineData("quality")]
    [InlineData("longSide")]
    [InlineData("keepBackground")]
    [InlineData("expiresAt")]
    [InlineData("request")]
    [InlineData("photo")]
    [InlineData("posePhoto")]
    [InlineData("unknown")]
    public async Task CreateJob_AnyFormField_IsTakenOrRefused(string field)
    {
        foreach (var value in Values)
        {
            using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: (field, value)));
            await AssertTakenOrRefusedAsync(response, $"{field}={value}");
        }
    }

    private static async Task AssertTakenOrRefusedAsync(HttpResponseMessage response, string body)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        Assert.True((int)response.StatusCode < 500, $"{response.StatusCode}: {body}");
        await response.AssertProblemAsync((int)response.StatusCode, (await response.JsonAsync()).GetProperty("code").GetString()!);
    }

    private async Task TryAllAsync(string path, string template)
    {
        foreach (var value in Values)
        {
            var body = template.Replace("PHOTO", $"\"{Convert.ToBase64String(Requests.Photo)}\"", StringComparison.Ordinal)
                .Replace("REQUEST", Request, StringComparison.Ordinal)
                .Replace(Hole, value, StringComparison.Ordinal);
            using var response = await api.Client.SendAsync(HttpMethod.Post, path, Requests.Json(body));
            await AssertTakenOrRefusedAsync(response, body);
        }
    }
}
