using Microsoft.AspNetCore.Http;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Protocol;
using PoseFunctions.LocalHost.Workers;

namespace PoseFunctions.LocalHost.Http;

/// <summary>
/// Answers the requests for one function: the worker is told of the invocation over its channel, and gets the request
/// itself on its own HTTP port.
/// </summary>
internal sealed class HttpFunctionHandler(FunctionDeclaration function, WorkerSupervisor workers, WorkerForwarder forwarder)
{
    /// <summary>Holds the request until a worker is ready, and answers as the function does: 500 where it throws.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            while (await workers.GetAsync(context.RequestAborted) is { } worker && !await TryRunAsync(context, worker))
            {
                // It is just ending; the request goes to the one that replaces it.
                await worker.Lost.WaitAsync(context.RequestAborted);
            }
        }
        catch (FunctionFailedException)
        {
            // The worker has logged it.
            Fail(context, StatusCodes.Status500InternalServerError);
        }
        catch (WorkerLostException)
        {
            Fail(context, StatusCodes.Status503ServiceUnavailable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
    }

    /// <returns>False where the worker took no connection, so that the request is still whole.</returns>
    private async Task<bool> TryRunAsync(HttpContext context, Worker worker)
    {
        var invocation = Invocation.Create(function, new TypedData { Http = new RpcHttp() }, RouteValues(context));
        var run = worker.InvokeAsync(invocation, context.RequestAborted);
        if (!await forwarder.TryForwardAsync(context, worker.HttpAddress!, invocation.InvocationId))
        {
            return false;
        }

        await run;
        return true;
    }

    /// <summary>Route parameters of a function are bound to these, and to nothing that is in the request itself.</summary>
    private static IEnumerable<KeyValuePair<string, TypedData>> RouteValues(HttpContext context) => context.Request.RouteValues
        .Where(value => value.Value is not null)
        .Select(value => KeyValuePair.Create(value.Key, new TypedData { String = value.Value!.ToString() }));

    private static void Fail(HttpContext context, int statusCode)
    {
        if (context.Response.HasStarted)
        {
            // What was sent looks like a success: only a broken connection says that it is none.
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = statusCode;
    }
}
