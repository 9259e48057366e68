using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.LocalWorker.Discovery;

namespace PoseFunctions.LocalTriggers.Timers;

/// <summary>How often and after which pauses a failed timer run is repeated.</summary>
/// <param name="MaxRetryCount">Repetitions; -1 for as many as it takes.</param>
/// <param name="Minimum">First pause.</param>
/// <param name="Maximum">Longest pause.</param>
internal sealed record RetryDelays(int MaxRetryCount, TimeSpan Minimum, TimeSpan Maximum)
{
    /// <summary>Pause before a repetition, counted from 0.</summary>
    public TimeSpan Before(int repetition)
    {
        var pause = Minimum * Math.Pow(2, Math.Min(repetition, 30));
        return pause < Maximum ? pause : Maximum;
    }

    /// <exception cref="FunctionDeclarationException">The attribute has an impossible value.</exception>
    public static RetryDelays? Of(FunctionDeclaration function)
    {
        TimeSpan Parse(string text) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero
            ? span
            : throw new FunctionDeclarationException(function.Name, $"Its retry delay '{text}' is not hh:mm:ss.");

        return function.Retry switch
        {
            FixedDelayRetryAttribute retry => new RetryDelays(retry.MaxRetryCount, Parse(retry.DelayInterval), Parse(retry.DelayInterval)),
            ExponentialBackoffRetryAttribute retry => new RetryDelays(
                retry.MaxRetryCount, Parse(retry.MinimumInterval), Parse(retry.MaximumInterval)),
            _ => null,
        };
    }
}
