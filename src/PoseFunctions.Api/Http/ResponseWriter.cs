using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.Api.Http;

/// <summary>
/// Writes what an HTTP function returns into the response, and what it throws as problem details. What is this service's own fault
/// is logged whole.
/// </summary>
internal sealed partial class ResponseWriter(ILogger<ResponseWriter> logger)
{
    /// <summary>Runs a function and answers with its result, or with a problem for as long as nothing was sent.</summary>
    /// <param name="http">The request and its response.</param>
    /// <param name="function">The function's name, for the log.</param>
    /// <param name="run">Runs the function; null for one that has answered by itself.</param>
    /// <param name="stopping">Set when the host ends the invocation and tells the caller itself.</param>
    public async Task WriteAsync(HttpContext http, string function, Func<Task<IResult?>> run, CancellationToken stopping)
    {
        try
        {
            if (await run() is { } result)
            {
                // Here and not by the worker, because streams may fail before their first byte: that is a problem like any other.
                await result.ExecuteAsync(http);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer, and nothing is wrong with this service.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var problem = Problems.From(exception);
            Record(exception, function, problem.Code, problem.Status);
            http.Response.Clear();
            await Problems.Response(http.Response, problem).ExecuteAsync(http);
        }
        catch (Exception exception)
        {
            Record(exception, function, Problems.From(exception).Code, StatusCodes.Status500InternalServerError);

            // A broken connection is the only way left to tell that what was sent is not the whole.
            http.Abort();
        }
    }

    private void Record(Exception exception, string function, string code, int status)
    {
        if (status >= StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, function, code);
            Activity.Current?.SetStatus(ActivityStatusCode.Error, code);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Function} fails with the problem {Code}.")]
        public static partial void RequestFailed(ILogger logger, Exception exception, string function, string code);
    }
}
