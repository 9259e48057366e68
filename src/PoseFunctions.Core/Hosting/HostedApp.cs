using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Hosting;

/// <summary>
/// Runs an app of the product. A Functions host ends with a message of its own when an app cannot start, and repeats what the
/// app wrote to standard error last: so that has to be the reason, in one line.
/// </summary>
public static class HostedApp
{
    /// <summary>Exit code of an app that cannot run and says why.</summary>
    public const int CannotRun = 2;

    /// <summary>Builds and runs an app until it is told to stop.</summary>
    /// <param name="build">Builds it; may fail as well.</param>
    /// <param name="errors">Where the reason goes.</param>
    /// <returns>0 after a stop, <see cref="CannotRun"/> where settings or what the app depends on keep it from running.</returns>
    public static async Task<int> RunAsync(Func<IHost> build, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            await build().RunAsync();
            return 0;
        }
        catch (Exception exception) when (FindReason(exception) is { } reason)
        {
            await errors.WriteLineAsync(reason.ReplaceLineEndings(" "));
            return CannotRun;
        }
    }

    /// <summary>The reason in words that say what to do; null for a fault of the app, whose stack trace says more.</summary>
    private static string? FindReason(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        PoseFunctionsException known => known.Message,
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unreadable => unreadable.Message,
        AggregateException several when several.InnerExceptions.Select(FindReason).ToArray() is var reasons && !reasons.Contains(null) =>
            string.Join(" ", reasons),
        _ => null,
    };
}
