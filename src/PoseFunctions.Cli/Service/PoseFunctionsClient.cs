using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Service;

/// <summary>Speaks to the service's HTTP API. Every call retries what may pass.</summary>
/// <remarks>
/// Every method throws <see cref="ServiceUnreachableException"/> where nothing answers and
/// <see cref="ServiceProblemException"/> where the service refuses.
/// </remarks>
internal sealed class PoseFunctionsClient : IDisposable
{
    private const int PageSize = 200;

    // One long poll takes up to a minute; the rest is for slow uploads.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromMinutes(5);

    private readonly HttpClient http;
    private readonly ResiliencePipeline<HttpResponseMessage> retry;

    public PoseFunctionsClient(ServiceSettings settings, TimeProvider time)
    {
        http = new HttpClient { BaseAddress = settings.Address, Timeout = RequestLimit };
        retry = ServiceRetry.CreatePipeline(time);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("posefunctions", "1.0"));
        AddHeader("x-functions-key", settings.Key);
        AddHeader("X-Tenant", settings.Tenant);
    }

    /// <summary>Sends a photo with what shall be done with it.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="request">What to do.</param>
    /// <param name="idempotencyKey">The same key names the same job, however often it is sent.</param>
    /// <param name="companions">The photos that the request names besides.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<JobView> SubmitAsync(
        PhotoFile photo, TransferRequest request, string idempotencyKey, CompanionFiles companions, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, "api/jobs")
            {
                Headers = { { "Idempotency-Key", idempotencyKey } },
                Content = JobForm.Create(photo, request, companions),
            },
            cancellationToken);
        return await ReadAsync(response, ServiceJson.Default.JobView, cancellationToken);
    }

    /// <summary>The job as it is, or as soon as it is final or <paramref name="wait"/> is over.</summary>
    public async Task<JobView> GetJobAsync(string id, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, $"api/jobs/{Uri.EscapeDataString(id)}");
                if (wait > TimeSpan.Zero)
                {
                    request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(int)wait.TotalSeconds}"));
                }

                return request;
            },
            cancellationToken);
        return await ReadAsync(response, ServiceJson.Default.JobView, cancellationToken);
    }

    /// <summary>Has a job that succeeded done once more, as a job of its own.</summary>
    /// <param name="id">The job that succeeded.</param>
    /// <param name="idempotencyKey">The same key names the same new job, however often it is sent.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<JobView> ReplayAsync(string id, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, $"api/jobs/{Uri.EscapeDataString(id)}/replay")
            {
                Headers = { { "Idempotency-Key", idempotencyKey } },
            },
            cancellationToken);
        return await ReadAsync(response, ServiceJson.Default.JobView, cancellationToken);
    }

    /// <summary>Writes a result to <paramref name="destination"/>.</summary>
    /// <param name="result">Which.</param>
    /// <param name="destination">Where the image's bytes go.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task DownloadAsync(ResultView result, Stream destination, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, BelowRoot(result.Href)), cancellationToken);
        await response.Content.CopyToAsync(destination, cancellationToken);
    }

    public async Task<IReadOnlyList<PoseView>> ListPosesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("api/poses", ServiceJson.Default.PoseList, cancellationToken)).Poses;

    public async Task<IReadOnlyList<ModelView>> ListModelsAsync(CancellationToken cancellationToken) =>
        (await GetAsync("api/models", ServiceJson.Default.ModelList, cancellationToken)).Models;

    /// <summary>Every job of the tenant, in no order of time.</summary>
    /// <param name="state">Only jobs in this state; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public IAsyncEnumerable<JobListItemView> ListAsync(string? state, CancellationToken cancellationToken) =>
        ListPagesAsync($"api/jobs?limit={PageSize}{(state is null ? "" : $"&state={state}")}", cancellationToken);

    /// <summary>Every failed job, of the tenant that was named or of all; for operators.</summary>
    public IAsyncEnumerable<JobListItemView> ListFailedAsync(CancellationToken cancellationToken) =>
        ListPagesAsync($"api/operator/jobs?state=failed&limit={PageSize}", cancellationToken);

    /// <summary>Lets a failed job run once more; for operators.</summary>
    public async Task<JobView> RetryAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, $"api/jobs/{Uri.EscapeDataString(id)}/retry"), cancellationToken);
        return await ReadAsync(response, ServiceJson.Default.JobView, cancellationToken);
    }

    /// <summary>How many jobs are in which state; for operators.</summary>
    public Task<BacklogView> GetBacklogAsync(CancellationToken cancellationToken) =>
        GetAsync("api/operator/backlog", ServiceJson.Default.BacklogView, cancellationToken);

    /// <summary>Erases a part of what there is of a tenant; for operators.</summary>
    public async Task<ErasureView> EraseTenantAsync(string tenant, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Delete, $"api/operator/tenants/{Uri.EscapeDataString(tenant)}"), cancellationToken);
        return await ReadAsync(response, ServiceJson.Default.ErasureView, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private void AddHeader(string name, string? value)
    {
        if (value is not null)
        {
            http.DefaultRequestHeaders.Add(name, value);
        }
    }

    private async IAsyncEnumerable<JobListItemView> ListPagesAsync(
        string firstPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var path = firstPage; path is not null;)
        {
            var page = await GetAsync(path, ServiceJson.Default.JobListView, cancellationToken);
            foreach (var job in page.Jobs)
            {
                yield return job;
            }

            path = page.Next;
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, BelowRoot(path)), cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    // Behind a gateway the service does not know below which path its root is; this program does.
    private static string BelowRoot(string path) => path.StartsWith("/api/", StringComparison.Ordinal) ? path[1..] : path;

    // A request can be sent only once, so every attempt makes its own.
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> makeRequest, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await retry.ExecuteAsync(
                async attempt =>
                {
                    using var request = makeRequest();
                    return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt);
                },
                cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ServiceUnreachableException(http.BaseAddress!, exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServiceUnreachableException(http.BaseAddress!, exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ReadProblemAsync(response, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("the answer is null");
        }
        catch (JsonException exception)
        {
            throw new ServiceProblemException(
                System.Net.HttpStatusCode.BadGateway, null, $"{response.RequestMessage?.RequestUri} gave no answer of this service: {exception.Message}");
        }
    }

    private static async Task<ServiceProblemException> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        var address = response.RequestMessage?.RequestUri;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            var problem = await ReadAsync(response, ServiceJson.Default.Problem, cancellationToken);
            return new(status, problem.Code, problem.Detail ?? problem.Title ?? $"{address} answered {(int)status}.");
        }

        return new(status, null, status == System.Net.HttpStatusCode.Unauthorized
            ? $"The service at {address?.GetLeftPart(UriPartial.Authority)} wants a function key; give --key."
            : $"{address} answered {(int)status} {response.ReasonPhrase}.");
    }
}
