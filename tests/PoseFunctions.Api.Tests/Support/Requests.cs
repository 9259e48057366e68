using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>Requests as callers send them, and what they read of the answers.</summary>
internal static class Requests
{
    /// <summary>Enough of a JPEG to pass for one at the door.</summary>
    public static byte[] Photo { get; } = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat((byte)7, 500)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static MultipartFormDataContent Form(
        byte[]? photo = null, string fileName = "me.jpg", string? request = null, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(photo ?? Photo), "photo", fileName } };
        if (request is not null)
        {
            form.Add(Json(request), "request");
        }

        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Cancel);
    }

    public static Task<HttpResponseMessage> FetchAsync(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Get, path, content: null, headers);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        return document.RootElement.Clone();
    }

    /// <summary>Reads a job's id.</summary>
    public static async Task<string> IdAsync(this HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("id").GetString()!;

    /// <summary>Asserts that an answer is a problem of this status and code, and returns its detail.</summary>
    public static async Task<string> AssertProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
