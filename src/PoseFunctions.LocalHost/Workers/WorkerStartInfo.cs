using System.Diagnostics;
using System.Globalization;
using PoseFunctions.LocalHost.Configuration;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Command line and environment of a worker process.</summary>
internal static class WorkerStartInfo
{
    private const string StartupHooks = "DOTNET_STARTUP_HOOKS";

    /// <param name="app">Whose worker it is.</param>
    /// <param name="workerId">What it shall call itself.</param>
    /// <param name="gateway">Where it shall call.</param>
    public static ProcessStartInfo Create(FunctionApp app, string workerId, Uri gateway)
    {
        var start = new ProcessStartInfo(app.Worker.Executable)
        {
            WorkingDirectory = app.Folder,
            ArgumentList =
            {
                "--functions-uri", gateway.ToString(),
                "--functions-worker-id", workerId,
                "--functions-request-id", Guid.NewGuid().ToString(),

                // Without it, the worker gives up on the first message that is too long for its own default.
                "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
            },
        };
        for (var index = 0; index < app.Worker.Arguments.Count; index++)
        {
            start.ArgumentList.Insert(index, app.Worker.Arguments[index]);
        }

        AddEnvironment(start.Environment, app);
        return start;
    }

    private static void AddEnvironment(IDictionary<string, string?> environment, FunctionApp app)
    {
        // What is said to the host, its keys among it, is nothing for the apps.
        foreach (var name in environment.Keys.Where(IsOfTheHost).ToArray())
        {
            environment.Remove(name);
        }

        foreach (var (name, value) in app.Settings.Values)
        {
            environment[name] = value;
        }

        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder;
        environment["FUNCTIONS_WORKER_DIRECTORY"] = app.Folder;
        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        var lifeline = Path.Combine(AppContext.BaseDirectory, "PoseFunctions.LocalHost.Lifeline.dll");
        environment[StartupHooks] = environment.TryGetValue(StartupHooks, out var hooks) && hooks is { Length: > 0 }
            ? hooks + Path.PathSeparator + lifeline
            : lifeline;
    }

    private static bool IsOfTheHost(string name) =>
        name.StartsWith(LocalHostOptions.SectionName + "__", StringComparison.OrdinalIgnoreCase);
}
