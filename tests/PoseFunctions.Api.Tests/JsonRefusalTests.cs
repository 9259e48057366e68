using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Api.Tests;

/// <summary>JSON that is not valid is refused with the place and what may stand there, never with types of this program.</summary>
public sealed class JsonRefusalTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"colour":"red"}""", "there is no 'colour'; known are photo, fileName, request, posePhotos, sourcePhotos, scenePhoto")]
    [InlineData("""{"photo":5,"request":REQUEST}""", "'photo' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":null,"request":REQUEST}""", "'photo' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":"data:image/jpeg,%FF%D8","request":REQUEST}""", "'photo' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":"data:image/jpeg;base64","request":REQUEST}""", "'photo' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":"data:image/jpeg;base64,!!!","request":REQUEST}""", "'photo' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":"https://example.com/me.jpg","request":REQUEST}""", "'photo' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"posePhotos":{"a b":7}}""", "'posePhotos['a b']' must be base64, plain or as a data URL such as data:image/jpeg;base64,…")]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"posePhotos":[]}""", "'posePhotos' must be an object")]
    [InlineData("""{"photo":PHOTO,"request":REQUEST,"fileName":7}""", "'fileName' must be text")]
    [InlineData("""{"photo":PHOTO,"photo":PHOTO,"request":REQUEST}""", "'photo' is there twice")]
    [InlineData("""{"photo":PHOTO}""", "it must be an object with photo and request")]
    [InlineData("[]", "it must be an object with photo and request")]
    [InlineData("null", "the body is null")]
    [InlineData("no JSON", "the JSON is broken or nested too deeply at line 1, byte 2")]
    [InlineData("{\n\"photo\" 5}", "the JSON is broken or nested too deeply at line 2, byte 9")]
    [InlineData("""{"photo":""", "the JSON is broken or nested too deeply at line 1, byte 10")]
    public Task CreateJob_BodyNotValid_SaysWhereAndWhatMayStandThere(string body, string problem) => AssertRefusedAsync("jobs", body, problem);

    [Theory]
    [InlineData("""{"targets":[{"pose":"front","colour":1}]}""", "there is no 'targets[0].colour'; known are pose, photo, keypoints")]
    [InlineData("""{"targets":[{"pose":1}]}""", "'targets[0].pose' must be text")]
    [InlineData("""{"targets":[1]}""", "'targets[0]' must be an object of pose, photo, keypoints")]
    [InlineData("""{"targets":{}}""", "'targets' must be a list")]
    [InlineData("""{"targets":[{"keypoints":[[0,"a"]]}]}""", "'targets[0].keypoints[0][1]' must be a number")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"quality":"high"}}""", "'output.quality' must be a whole number")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"longSide":1.5}}""", "'output.longSide' must be a whole number")]
    [InlineData("""{"targets":[{"pose":"front"}],"person":"tallest"}""", "'person' must be largest, left, right, only, or a box: x, y, width and height as fractions of the photo's")]
    [InlineData("""{"targets":[{"pose":"front"}],"person":[0,0,1]}""", "'person' must be largest, left, right, only, or a box: x, y, width and height as fractions of the photo's")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"background":7}}""", "'output.background' must be keep, transparent or a colour such as #f4f4f4")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"keepBackground":"yes"}}""", "'output.keepBackground' must be true or false")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"format":"gif"}}""", "'output.format' must be jpeg, png, webp or avif")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"format":2}}""", "'output.format' must be jpeg, png, webp or avif")]
    [InlineData("""{"targets":[{"pose":"front"}],"expiresAt":"tomorrow"}""", "'expiresAt' must be a time with its offset, such as 2030-12-31T12:00:00Z")]
    [InlineData("""{"targets":[{"pose":"front"}],"seed":"7"}""", "'seed' must be a whole number")]
    [InlineData("""{"targets":[{"pose":"front"}],"o'd d":1}""", "there is no '['o'd d']'; known are generator, targets, person, sources, scene, seed, modelHash, minCoverage, inventLimbs, output, expiresAt")]
    [InlineData("""{"targets":[[[[[[[[[[]]]]]]]]]]}""", "'targets[0]' must be an object of pose, photo, keypoints")]
    [InlineData("[]", "it must be an object of generator, targets, person, sources, scene, seed, modelHash, minCoverage, inventLimbs, output, expiresAt")]
    [InlineData("null", "it is null")]
    public async Task CreateJob_RequestNotValid_SaysWhereAndWhatMayStandThere(string request, string problem)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(request: request));

        Assert.Equal($"The request is not valid: {problem}.", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid));
        await AssertRefusedAsync("jobs", $$$"""{"photo":PHOTO,"request":{{{request}}}}""", problem);
    }

    [Theory]
    [InlineData("""{"request":REQUEST,"purpose":"portrait"}""", "'purpose' must be one of source, pose-photo")]
    [InlineData("""{"request":REQUEST,"purpose":0}""", "'purpose' must be one of source, pose-photo")]
    [InlineData("""{"request":REQUEST,"tags":[]}""", "there is no 'tags'; known are fileName, purpose, request")]
    public Task CreateUpload_BodyNotValid_SaysWhereAndWhatMayStandThere(string body, string problem) => AssertRefusedAsync("uploads", body, problem);

    [Theory]
    [InlineData("quality", "high", "'quality' must be a whole number")]
    [InlineData("keepBackground", "yes", "'keepbackground' must be true or false")]
    [InlineData("person", "tallest", "'person' must be largest, left, right, only, or a box: x, y, width and height as fractions of the photo's")]
    [InlineData("person", "0,0,0,1", "'person' must be largest, left, right, only, or a box: x, y, width and height as fractions of the photo's")]
    [InlineData("minCoverage", "most", "'mincoverage' must be a number from 0 to 1")]
    [InlineData("minCoverage", "1.5", "minCoverage is 0 to 1, got 1.5")]
    [InlineData("background", "white", "'background' must be keep, transparent or a colour such as #f4f4f4")]
    [InlineData("format", "gif", "'format' must be jpeg, png, webp or avif")]
    [InlineData("expiresAt", "tomorrow", "'expiresat' must be a time such as 2030-12-31T12:00:00Z")]
    public async Task CreateJob_FieldNotValid_SaysWhatMayStandThere(string field, string value, string problem)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: (field, value)));

        Assert.Equal($"The request is not valid: {problem}.", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid));
    }

    [Fact]
    public async Task CreateJob_SomethingInTheRequestTwice_IsRefused()
    {
        const string Request = """{"targets":[{"pose":"front"}],"targets":[]}""";
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(request: Request));

        Assert.Contains("'targets' is there twice", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid), StringComparison.Ordinal);
        await AssertRefusedAsync("jobs", $$$"""{"photo":PHOTO,"request":{{{Request}}}}""", "something in 'request' is there twice");
    }

    private async Task AssertRefusedAsync(string path, string template, string problem)
    {
        var body = template.Replace("PHOTO", $"\"{Convert.ToBase64String(Requests.Photo)}\"", StringComparison.Ordinal)
            .Replace("REQUEST", """{"targets":[{"pose":"front"}]}""", StringComparison.Ordinal);
        using var response = await api.Client.SendAsync(HttpMethod.Post, path, Requests.Json(body));

        Assert.Equal($"The request is not valid: {problem}.", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid));
    }
}
