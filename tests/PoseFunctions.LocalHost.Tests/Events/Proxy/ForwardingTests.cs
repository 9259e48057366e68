using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PoseFunctions.LocalHost.Tests.Events.Proxy;

public sealed class ForwardingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_ArrivesAsItWasSent()
    {
        var received = new TaskCompletionSource<string>();
        await using var upstream = await Upstream.StartAsync(context =>
        {
            received.SetResult(Describe(context));
            return Task.CompletedTask;
        });
        const string Request = """
            DELETE /shop/c/%41%2fb//%2E%2e/%E5x+y?sig=a%2Bb%3d&x=%20+%7e HTTP/1.1
            Host: shop.example.test:1234
            Authorization: SharedKey shop:c2ln
            x-ms-meta-city: Köln


            """;

        await SendAsync(upstream.Proxy, Request.ReplaceLineEndings("\r\n"));

        Assert.Equal(Request.ReplaceLineEndings("\n").TrimEnd(), await received.Task);
    }

    [Fact]
    public async Task Request_ForAnotherServer_IsRefused()
    {
        await using var upstream = await Upstream.StartAsync(_ => throw new InvalidOperationException("It was forwarded."));

        var answer = await SendAsync(
            upstream.Proxy, "GET http://example.test/shop HTTP/1.1\r\nHost: example.test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_IsForwardedWhileItIsSent()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[1], Cancellation);
            arrived.SetResult();
            await context.Request.Body.CopyToAsync(Stream.Null, Cancellation);
            context.Response.StatusCode = StatusCodes.Status201Created;
        });
        using var body = new GeneratedContent(async stream =>
        {
            // More than fits into the buffers on the way.
            await stream.WriteAsync(new byte[4 * 1024 * 1024], Cancellation);

            // A proxy that collects the body first would never let this come.
            await arrived.Task.WaitAsync(Cancellation);
            await stream.WriteAsync(new byte[1], Cancellation);
        });

        using var answer = await PlainUpload.SendAsync(new Uri($"{upstream.Proxy}/c/photo"), body);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Body_OfARequestThatIsRefusedAtOnce_IsNotAskedFor()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
        const string Request =
            "PUT /shop/c/photo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";

        Assert.StartsWith("HTTP/1.1 403 ", await SendAsync(upstream.Proxy, Request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WhileTheEmulatorIsGone_IsABadGatewayWithoutAnEvent()
    {
        var sink = new RecordingSink();
        await using var upstream = await Upstream.StartAsync(_ => Task.CompletedTask, sink);
        await upstream.StopServerAsync();

        using var answer = await PlainUpload.SendAsync(new Uri($"{upstream.Proxy}/c/photo"), BinaryData.FromString("x"));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Empty(sink.TakeAll());
    }

    private static string Describe(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = request.Headers.Select(header => $"{header.Key}: {Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header.Value!))}");
        return $"{request.Method} {request.RawTarget} {request.Protocol}\n{string.Join('\n', headers)}";
    }

    private static async Task<string> SendAsync(Uri proxy, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Host, proxy.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), Cancellation);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(Cancellation) ?? "";
    }
}
