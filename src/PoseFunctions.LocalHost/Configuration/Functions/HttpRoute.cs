namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>Where an HTTP function is found.</summary>
/// <param name="App">Name of its app.</param>
/// <param name="Function">The function.</param>
/// <param name="Trigger">Its trigger.</param>
/// <param name="Template">The whole route template, the app's prefix included.</param>
internal sealed record HttpRoute(string App, FunctionDeclaration Function, HttpTriggerBinding Trigger, string Template)
{
    private const string EveryMethod = "*";

    private IEnumerable<string> Methods => Trigger.Methods.Count == 0 ? [EveryMethod] : Trigger.Methods;

    /// <summary>The routes of an app.</summary>
    public static IEnumerable<HttpRoute> Of(FunctionApp app)
    {
        var prefix = app.BuildConfiguration().RoutePrefix().Trim('/');
        foreach (var function in app.Functions)
        {
            if (function.Trigger is HttpTriggerBinding trigger)
            {
                string[] parts = [prefix, trigger.Route.Trim('/')];
                yield return new HttpRoute(app.Name, function, trigger, "/" + string.Join('/', parts.Where(part => part.Length > 0)));
            }
        }
    }

    /// <exception cref="LocalHostException">Two functions answer the same requests.</exception>
    public static void CheckUnique(IEnumerable<FunctionApp> apps)
    {
        var shared = apps.SelectMany(Of)
            .SelectMany(route => route.Methods.Select(method => (Address: $"{method} {route.Template.ToUpperInvariant()}", Route: route)))
            .GroupBy(route => route.Address, route => route.Route)
            .FirstOrDefault(group => group.Count() > 1);
        if (shared is not null)
        {
            var functions = string.Join(" and ", shared.Select(route => $"{route.Function.Name} of {route.App}"));
            throw new LocalHostException($"the functions {functions} have the same route, {shared.First().Template}.");
        }
    }
}
