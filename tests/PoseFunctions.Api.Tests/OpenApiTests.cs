using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Functions;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing;

namespace PoseFunctions.Api.Tests;

/// <summary>Holds the OpenAPI document and the documentation against the code.</summary>
public sealed partial class OpenApiTests
{
    public static TheoryData<string> Views =>
    [
        "Job", "Source", "Scene", "Target", "Result", "Generator", "Layout", "Failure", "Queue", "Timings", "JobLinks", "JobList", "JobListItem", "Upload",
        "PoseList", "Pose", "ModelList", "Model", "Liveness", "Readiness", "Worker", "Backlog", "Erasure", "Problem", "Submission", "UploadRequest",
        "TransferRequest", "TargetPose", "OutputOptions",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Operations_AreExactlyTheHttpFunctions()
    {
        using var document = Read();
        var described =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name} {path.Name} {operation.Value.GetProperty("operationId").GetString()}";
        var served =
            from function in Functions()
            from method in function.Trigger.Methods!
            where method != "head"
            select $"{method} /{function.Trigger.Route} {function.Name}";

        Assert.Equal(served.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_ThatAreRead_AnswerHeadToo() => Assert.All(
        Functions().Where(function => function.Trigger.Methods!.Contains("get")),
        function => Assert.Equal(["get", "head"], function.Trigger.Methods!));

    [Fact]
    public void Operations_WithoutSecurity_AreExactlyTheAnonymousFunctions()
    {
        using var document = Read();
        var open =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where operation.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0
            select operation.Value.GetProperty("operationId").GetString();
        var anonymous = Functions().Where(function => function.Trigger.AuthLevel == AuthorizationLevel.Anonymous).Select(function => function.Name);

        Assert.Equal(anonymous.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void Schema_HasExactlyThePropertiesOfItsType(string schema)
    {
        using var document = Read();
        var described = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(schema)
            .GetProperty("properties").EnumerateObject().Select(property => property.Name);

        Assert.Equal(
            TypeOf(schema).Properties.Where(property => property.Get is not null || property.Set is not null)
                .Select(property => property.Name).Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void References_AllLeadSomewhere()
    {
        using var document = Read();
        foreach (var reference in ReferencesIn(document.RootElement))
        {
            var found = document.RootElement;
            foreach (var segment in reference.TrimStart('#', '/').Split('/'))
            {
                Assert.True(found.TryGetProperty(segment, out found), reference);
            }
        }
    }

    [Fact]
    public async Task OpenApi_IsServedWithoutKey()
    {
        await using var api = await ApiUnderTest.StartAsync();
        using var response = await api.Client.FetchAsync("openapi.json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("3.1.0", (await response.JsonAsync()).GetProperty("openapi").GetString());
    }

    [Fact]
    public async Task Documentation_TableOfCodes_HasExactlyTheCodesAndTheirStatuses()
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "api.md"), Cancel);
        var documented = CodeLine().Matches(text).ToDictionary(line => line.Groups["code"].Value, line => line.Groups["status"].Value);
        var codes = typeof(FailureCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(codes.Order(StringComparer.Ordinal), documented.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            documented.Where(line => line.Value != "in jobs"),
            line => Assert.Equal((line.Key, line.Value), (line.Key, $"{Problems.StatusOf(line.Key)}")));
    }

    [Fact]
    public async Task Documentation_ShowsEveryRoute()
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "api.md"), Cancel);

        Assert.All(Functions(), function => Assert.Contains(
            $"`{function.Trigger.Methods![0].ToUpperInvariant()} /api/{function.Trigger.Route}`", text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `(?<code>\w+)` \| (?<status>\d{3}|in jobs) \|", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    private static JsonDocument Read()
    {
        using var stream = OpenApiDocument.Open();
        return JsonDocument.Parse(stream);
    }

    private static IEnumerable<(string Name, HttpTriggerAttribute Trigger)> Functions() =>
        from type in typeof(CreateJobFunction).Assembly.GetExportedTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (function.Name, trigger);

    private static JsonTypeInfo TypeOf(string schema) => schema switch
    {
        "Job" => ApiJsonContext.Default.JobView,
        "Generator" => ApiJsonContext.Default.JobGenerator,
        "Layout" => ApiJsonContext.Default.JobLayout,
        "Failure" => ApiJsonContext.Default.JobFailure,
        "Timings" => ApiJsonContext.Default.JobTimings,
        "Submission" => BodyJsonContext.Default.SubmissionBody,
        "UploadRequest" => BodyJsonContext.Default.UploadBody,
        "TransferRequest" => CoreJsonContext.Default.TransferRequest,
        "TargetPose" => CoreJsonContext.Default.GetTypeInfo(typeof(TargetPose))!,
        "OutputOptions" => ApiJsonContext.Default.OutputOptions,
        _ => ApiJsonContext.Default.GetTypeInfo(
            typeof(CreateJobFunction).Assembly.GetType($"PoseFunctions.Api.Views.{schema}View")
            ?? typeof(ProblemView).Assembly.GetType($"PoseFunctions.Api.Http.{schema}View", throwOnError: true)!)!,
    };

    private static IEnumerable<string> ReferencesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [property.Value.GetString()!] : ReferencesIn(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ReferencesIn),
        _ => [],
    };
}
