using System.Text.Json;
using PoseFunctions.Api.Tests.Support;

namespace PoseFunctions.Api.Tests;

/// <summary>Holds the routes of these tests against those that the build writes down for the host.</summary>
public sealed class FunctionRoutesTests
{
    [Fact]
    public void Routes_AreExactlyTheFunctionsThatTheHostIsTold()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "functions.metadata")));
        var told =
            from function in metadata.RootElement.EnumerateArray()
            from binding in function.GetProperty("bindings").EnumerateArray()
            where binding.GetProperty("type").GetString() == "httpTrigger"
            let methods = binding.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!)
            select Line(
                function.GetProperty("name").GetString()!,
                binding.GetProperty("authLevel").GetString()!,
                methods,
                binding.GetProperty("route").GetString()!,
                function.GetProperty("entryPoint").GetString()!);
        var mapped = FunctionRoutes.All.Select(route => Line(
            route.Function, route.Level.ToString(), route.Methods, route.Template, $"{route.Class.FullName}.{EntryPointOf(route.Class)}"));

        Assert.Equal(told.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
        Assert.Equal(metadata.RootElement.GetArrayLength(), FunctionRoutes.All.Count);
    }

    private static string EntryPointOf(Type type) => type.GetMethods().Single(method => method.Name is "Run" or "RunAsync").Name;

    private static string Line(string name, string level, IEnumerable<string> methods, string route, string entryPoint) =>
        $"{name} {level} {string.Join(',', methods)} {route} {entryPoint}";
}
