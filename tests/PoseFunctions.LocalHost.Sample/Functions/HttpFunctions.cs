using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalHost.Sample.Functions;

public sealed class HttpFunctions(Journal journal)
{
    /// <summary>Gives back all that it was given.</summary>
    [Function("Echo")]
    public static async Task<IActionResult> EchoAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "echo/{shelf}/{id:int}")] HttpRequest request,
        string shelf,
        int id,
        CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancellationToken);
        return new OkObjectResult(new
        {
            shelf,
            id,
            query = request.Query["q"].ToString(),
            body,
            method = request.Method,
            host = request.Host.Value,
            setting = Environment.GetEnvironmentVariable("SAMPLE_SETTING"),
            hostSetting = Environment.GetEnvironmentVariable("LocalHost__Port"),
        });
    }

    [Function("Open")]
    public static IActionResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "open")] HttpRequest request) =>
        new OkObjectResult(Environment.ProcessId);

    [Function("Closed")]
    public static IActionResult Closed([HttpTrigger(AuthorizationLevel.Admin, Route = "closed")] HttpRequest request) =>
        new OkObjectResult(request.Method);

    [Function("Throw")]
    public static IActionResult Throw([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throw")] HttpRequest request) =>
        throw new InvalidOperationException("thrown on purpose");

    /// <summary>Ends the process with the sentence that it is given, as an app does that finds out late that it cannot run.</summary>
    [Function("Quit")]
    public static async Task QuitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "quit")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        await Console.Error.WriteLineAsync(await reader.ReadToEndAsync(cancellationToken));
        Environment.Exit(2);
    }

    /// <summary>Answers when its time is over, or notes that it was cancelled.</summary>
    [Function("Linger")]
    public async Task<IActionResult> LingerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "linger/{milliseconds:int}")] HttpRequest request,
        int milliseconds,
        CancellationToken cancellationToken)
    {
        journal.Write("Linger", "begins");
        try
        {
            await Task.Delay(milliseconds, cancellationToken);
            return new OkObjectResult("done");
        }
        catch (OperationCanceledException)
        {
            journal.Write("Linger", "cancelled");
            throw;
        }
    }
}
