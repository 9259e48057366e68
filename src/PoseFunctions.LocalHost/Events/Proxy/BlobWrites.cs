using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PoseFunctions.LocalHost.Events.Proxy;

/// <summary>Tells from a request and its answer whether a block blob of the account was committed, and describes it.</summary>
internal sealed class BlobWrites(string account, TimeProvider clock)
{
    private long count;

    /// <returns>The event, or null where the request committed no block blob.</returns>
    public BlobCreated? Recognise(HttpContext context, HttpResponseMessage answer) =>
        Operation(context.Request, answer) is { } api && FindBlob(RawTarget(context)) is var (container, name)
            ? Describe(api, container, name, context, answer)
            : null;

    private static BlobApi? Operation(HttpRequest request, HttpResponseMessage answer)
    {
        if (!HttpMethods.IsPut(request.Method) || request.Query.ContainsKey("restype"))
        {
            return null;
        }

        return (request.Query["comp"].ToString(), answer.StatusCode) switch
        {
            ("", HttpStatusCode.Created) when request.Headers["x-ms-blob-type"] == "BlockBlob" => BlobApi.PutBlob,
            ("blocklist", HttpStatusCode.Created) => BlobApi.PutBlockList,
            ("", HttpStatusCode.Accepted) when IsFinishedCopy(answer) => BlobApi.CopyBlob,
            _ => null,
        };
    }

    // A pending copy commits later, without a request. The emulator finishes every copy before it answers.
    private static bool IsFinishedCopy(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("x-ms-copy-status", out var status) && status.Contains("success");

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    // Decoded before it is split and with slashes for backslashes, as the storage itself reads it.
    private (string Container, string Name)? FindBlob(string target)
    {
        var path = Uri.UnescapeDataString(target.Split('?', 2)[0]).Replace('\\', '/');
        return path.Split('/', 4) is ["", var first, var container, { Length: > 0 } name] && first == account
            ? (container, name)
            : null;
    }

    private BlobCreated Describe(BlobApi api, string container, string name, HttpContext context, HttpResponseMessage answer)
    {
        var now = clock.GetUtcNow();
        return new BlobCreated
        {
            Id = Guid.NewGuid().ToString(),
            Time = now,
            Api = api,
            Account = account,
            Container = container,
            Name = name,

            // An address and not a host name: the webhook reads no account from any other path.
            Url = new Uri($"http://127.0.0.1:{context.Connection.LocalPort}/{account}/{container}/{Escape(name)}"),
            ETag = answer.Headers.ETag?.Tag.Trim('"') ?? "",
            ContentType = ContentType(api, context.Request),
            ContentLength = api is BlobApi.PutBlob ? context.Request.ContentLength : null,

            // The time keeps it growing over restarts, the count within one tick of the clock.
            Sequencer = $"{now.UtcTicks:X16}{Interlocked.Increment(ref count):X16}",
        };
    }

    private static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    // A block list is XML itself, so only Put Blob falls back on the type of its body.
    private static string? ContentType(BlobApi api, HttpRequest request) =>
        api is BlobApi.CopyBlob ? null
        : request.Headers["x-ms-blob-content-type"].FirstOrDefault()
            ?? (api is BlobApi.PutBlob ? request.ContentType : null)
            ?? "application/octet-stream";
}
