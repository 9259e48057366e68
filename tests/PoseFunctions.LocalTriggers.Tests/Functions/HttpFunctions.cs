using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalTriggers.Tests.Functions;

public sealed class HttpFunctions(Probe probe)
{
    [Function("GetItem")]
    public static IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:int}")] HttpRequest request, int id) =>
        Results.Ok(new { id, query = request.Query["q"].ToString() });

    [Function("GetFile")]
    public static async Task<IResult> GetFileAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{**path}")] HttpRequest request, string path)
    {
        await Task.Yield();
        return Results.Text(path);
    }

    [Function("Trace")]
    public static string Trace([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
        context.TraceContext.TraceParent;

    [Function("Secret")]
    public static IResult Secret([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request) => Results.NoContent();

    [Function("Administer")]
    public static IResult Administer([HttpTrigger(AuthorizationLevel.Admin, "post")] HttpRequest request) => Results.NoContent();

    [Function("Fail")]
    public static IResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("Always.");

    [Function("Measure")]
    public static async Task<IResult> MeasureAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        var length = 0L;
        while (await request.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            length += read;
        }

        return Results.Ok(length);
    }

    [Function("Wait")]
    public async Task<IResult> WaitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
    {
        await probe.CallAsync("wait", cancellationToken);
        return Results.Text("done");
    }
}
