using System.Net;
using System.Text.Json.Nodes;

namespace PoseFunctions.EndToEnd.Tests;

/// <summary>Which key opens what, in the published app: routes and levels as the worker hands them to its host.</summary>
public sealed class FunctionKeyTests(ServiceFixture service)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "api/jobs")]
    [InlineData("POST", "api/jobs")]
    [InlineData("POST", "api/uploads")]
    [InlineData("GET", "api/poses")]
    [InlineData("GET", "api/models")]
    [InlineData("GET", "api/jobs/unknown")]
    [InlineData("GET", "api/jobs/unknown/results/0")]
    [InlineData("DELETE", "api/jobs/unknown")]
    public async Task RouteForCallers_NoKeyOrAWrongOne_Is401(string method, string route)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, route, key: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, route, key: "wrong"));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync(method, route, service.Arguments.Key));
    }

    [Theory]
    [InlineData("POST", "api/jobs/unknown/retry")]
    [InlineData("GET", "api/operator/jobs")]
    [InlineData("GET", "api/operator/backlog")]
    [InlineData("DELETE", "api/operator/tenants/nobody-has-this-name")]
    public async Task RouteForOperators_KeyOfCallers_Is401AndTheMasterKeyOpensIt(string method, string route)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, route, service.Arguments.Key));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync(method, route, service.Arguments.MasterKey));
    }

    [Theory]
    [InlineData("api/health/live")]
    [InlineData("api/health/ready")]
    [InlineData("api/openapi.json")]
    public async Task RouteForAnybody_NoKey_Is200(string route) => Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", route, key: null));

    [Fact]
    public async Task Key_InTheQuery_OpensAsInTheHeader() =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", $"api/poses?code={service.Arguments.Key}", key: null));

    [Theory]
    [InlineData(null)]
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    public async Task Problem_ThroughTheWorkersMiddleware_NamesItsTrace(string? trace)
    {
        using var client = service.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/jobs/unknown");
        if (trace is not null)
        {
            request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        }

        using var answer = await client.SendAsync(request, Cancel);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("job_unknown", problem["code"]!.GetValue<string>());
        var named = problem["traceId"]!.GetValue<string>();
        Assert.Contains(trace ?? named, named, StringComparison.Ordinal);
        Assert.NotEmpty(named);
    }

    private async Task<HttpStatusCode> StatusAsync(string method, string route, string? key)
    {
        using var client = new HttpClient { BaseAddress = service.Host.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
