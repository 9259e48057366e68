using System.Net.Http.Headers;

namespace PoseFunctions.LocalHost.Tests.Events;

/// <summary>An upload as a browser or curl makes it: one PUT to a signed address.</summary>
internal static class PlainUpload
{
    public static async Task<HttpResponseMessage> SendAsync(Uri address, BinaryData content, bool expectContinue = false)
    {
        using var body = new ReadOnlyMemoryContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return await SendAsync(address, body, expectContinue);
    }

    public static async Task<HttpResponseMessage> SendAsync(Uri address, HttpContent body, bool expectContinue = false)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = body };
        request.Headers.ExpectContinue = expectContinue;
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
