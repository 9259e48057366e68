using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Http;

/// <summary>Writes what an HTTP function returned as the response.</summary>
internal static class HttpResultWriter
{
    public static Task WriteAsync(Invocation invocation)
    {
        var http = invocation.GetHttpContext()!;
        return invocation.Result switch
        {
            null => Task.CompletedTask,
            IResult result => result.ExecuteAsync(http),
            IActionResult result => result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
            string text => Results.Text(text).ExecuteAsync(http),
            var value => Results.Json(value).ExecuteAsync(http),
        };
    }
}
