using Microsoft.AspNetCore.Http;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Protocol;
using PoseFunctions.LocalHost.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace PoseFunctions.LocalHost.Http;

/// <summary>
/// Answers the requests for one function: the worker is told of the invocation over its channel, and gets the request
/// itself on its own HTTP port.
/// </summary>
internal sealed class HttpFunctionHandler(FunctionDeclaration function, WorkerSupervisor workers, WorkerForwarder forwarder)
{
    private static readonly TimeSpan LossPatience = TimeSpan.FromSeconds(5);

    /// <summary>Holds the request until a worker is ready, and answers as the function does: 500 where it throws.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var worker = await workers.GetAsync(context.RequestAborted);
            while (!await TryRunAsync(context, worker))
            {
                // It is just ending; the request goes to the one that replaces it.
                await worker.Lost.WaitAsync(LossPatience, context.RequestAborted);
                worker = await workers.GetAsync(context.RequestAborted);
            }
        }
        catch (FunctionFailedException) when (context.Features.Get<IForwarderErrorFeature>() is not null)
        {
            // It failed because it did not get the whole request, and the answer says why already.
        }
        catch (FunctionFailedException)
        {
            // The worker has logged it.
            Fail(context, StatusCodes.Status500InternalServerError);
        }
        catch (TimeoutException)
        {
            // It lives, and takes no connection.
            Fail(context, StatusCodes.Status502BadGateway);
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

    /// <returns>False where the worker gave no answer, and another one may.</returns>
    private async Task<bool> TryRunAsync(HttpContext context, Worker worker)
    {
        var invocation = Invocation.Create(function, new TypedData { Http = new RpcHttp() }, RouteValues(context));
        var run = worker.InvokeAsync(invocation, context.RequestAborted);
        if (!await forwarder.TryForwardAsync(context, worker.HttpAddress!, invocation.InvocationId))
        {
            return false;
        }

        try
        {
            await run;
            return true;
        }
        catch (WorkerLostException) when (!context.Response.HasStarted && WorkerForwarder.OnlyReads(context.Request))
        {
            WorkerForwarder.Reset(context);
            return false;
        }
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
