using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace PoseFunctions.EndToEnd.Tests.Journeys;

/// <summary>What journeys do with the service over HTTP, on plain JSON: no type of the service is used to read it back.</summary>
internal sealed class ServiceClient(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Submits a photo as a form.</summary>
    /// <param name="photo">Its bytes.</param>
    /// <param name="fileName">The name it is given.</param>
    /// <param name="fields">Plain form fields, such as <c>poses</c>.</param>
    /// <returns>The new job.</returns>
    public async Task<JsonNode> SubmitAsync(byte[] photo, string fileName, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(photo), "photo", fileName } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        using var response = await http.PostAsync("api/jobs", form, Cancel);
        return await ReadAsync(response, HttpStatusCode.Accepted);
    }

    /// <summary>Waits by long polling until a job is final. A job that is not there yet is waited for as well.</summary>
    public async Task<JsonNode> WaitAsync(string id)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/jobs/{id}") { Headers = { { "Prefer", "wait=10" } } };
            using var response = await http.SendAsync(request, Cancel);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                await Task.Yield();
                continue;
            }

            var job = await ReadAsync(response, HttpStatusCode.OK);
            if (job["state"]!.GetValue<string>() is "succeeded" or "failed" or "cancelled" or "expired")
            {
                return job;
            }
        }
    }

    /// <summary>The ids of all jobs of a tenant.</summary>
    public async Task<string[]> ListAsync(string tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/jobs") { Headers = { { "X-Tenant", tenant } } };
        using var response = await http.SendAsync(request, Cancel);
        var page = await ReadAsync(response, HttpStatusCode.OK);
        return [.. page["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<string>())];
    }

    /// <summary>The bytes of one result.</summary>
    public Task<byte[]> DownloadAsync(JsonNode job, int target) =>
        http.GetByteArrayAsync(job["targets"]![target]!["result"]!["href"]!.GetValue<string>(), Cancel);

    /// <summary>The body as JSON; fails the test with the whole body on another status.</summary>
    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(
            response.StatusCode == expected,
            string.Create(CultureInfo.InvariantCulture, $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {body}"));
        return JsonNode.Parse(body)!;
    }

    public void Dispose() => http.Dispose();
}
