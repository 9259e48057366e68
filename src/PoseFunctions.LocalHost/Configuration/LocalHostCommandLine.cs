using System.CommandLine;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>
/// The command line. Its options become configuration of the section <c>LocalHost</c>, where those that are not given are
/// looked for in the environment, so that there is one place that converts and checks values.
/// </summary>
internal sealed class LocalHostCommandLine
{
    private readonly RootCommand command = new("A thin Azure Functions host for one machine.");

    // The host handles signals itself, and says itself what goes wrong.
    private readonly InvocationConfiguration invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private readonly Option<string[]> apps = new("--app")
    {
        Description = "Folder of a built or published isolated-worker app; may be given several times.",
        HelpName = "DIR",
    };

    private readonly IReadOnlyList<(string Key, Option<string?> Option)> options =
    [
        Map(nameof(LocalHostOptions.Settings), "--settings", "FILE", "Settings that win over the local.settings.json of the apps."),
        Map(nameof(LocalHostOptions.Port), "--port", "PORT", "Port for HTTP functions, 7071 unless given; 0 takes a free one."),
        Map(nameof(LocalHostOptions.Key), "--key", "KEY", "Opens functions of level Function; random unless given."),
        Map(nameof(LocalHostOptions.MasterKey), "--master-key", "KEY", "Opens everything; random unless given."),
        Map(nameof(LocalHostOptions.BlobEvents), "--blob-events", "SETTING", "Makes blob events for the emulator that this setting of the apps names."),
        Map(nameof(LocalHostOptions.Grace), "--grace", "TIME", "How long running invocations may take to finish at the end, 00:00:30 unless given."),
        Map("Events:Drop", "--events-drop", "SHARE", "Share of blob events that get lost."),
        Map("Events:Double", "--events-double", "SHARE", "Share of blob events that come twice."),
        Map("Events:Delay", "--events-delay", "TIME", "Up to how long each blob event is held back."),
        Map("Events:Shuffle", "--events-shuffle", "COUNT", "How many blob events are collected and brought in another order."),
        Map("Events:Seed", "--events-seed", "NUMBER", "Decides which blob events these are."),
    ];

    /// <param name="run">Runs the host with what the command line says, and returns its exit code.</param>
    public LocalHostCommandLine(Func<IReadOnlyDictionary<string, string?>, Task<int>> run)
    {
        command.Add(apps);
        foreach (var (_, option) in options)
        {
            command.Add(option);
        }

        command.SetAction(arguments => run(Read(arguments)));
    }

    /// <returns>The exit code.</returns>
    public async Task<int> InvokeAsync(string[] args)
    {
        var arguments = command.Parse(args);
        return arguments.Errors.Count == 0
            ? await arguments.InvokeAsync(invocation)
            : await LocalHostApplication.RefuseAsync(string.Join(' ', arguments.Errors.Select(error => error.Message)));
    }

    private static (string Key, Option<string?> Option) Map(string key, string name, string value, string description) =>
        (key, new Option<string?>(name) { Description = description, HelpName = value });

    private Dictionary<string, string?> Read(ParseResult arguments)
    {
        var folders = arguments.GetValue(apps) ?? [];
        var values = folders.Select((folder, index) => ($"{nameof(LocalHostOptions.Apps)}:{index}", (string?)folder))
            .Concat(options.Select(option => (option.Key, arguments.GetValue(option.Option))));
        return values.Where(value => value.Item2 is not null)
            .ToDictionary(value => $"{LocalHostOptions.SectionName}:{value.Item1}", value => value.Item2);
    }
}
