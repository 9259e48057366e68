using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Timers;

/// <summary>
/// Runs timer functions. Every process runs its own timers, so that no killed process can hold them up; the time of the last
/// run is not kept across restarts.
/// </summary>
internal sealed class TimerTriggers(
    FunctionCatalog catalog,
    IConfiguration configuration,
    FunctionPipeline pipeline,
    StopSignals signals,
    TimeProvider time,
    ILogger<TimerListener> logger)
{
    public IEnumerable<ITriggerListener> Listeners => catalog.StartedBy<TimerTriggerAttribute>().Select(found =>
    {
        var bound = FunctionBinder.Bind(found.Function, new Dictionary<string, Type>(), parameter =>
            parameter != found.Function.TriggerParameter ? null
            : parameter.ParameterType == typeof(TimerInfo) ? invocation => new ValueTask<object?>(invocation.TriggerValue)
            : throw new FunctionDeclarationException(found.Function.Name, $"A timer trigger is a TimerInfo, not a {parameter.ParameterType}."));
        var schedule = Schedule.Parse(SettingNames.Resolve(found.Trigger.Schedule, configuration));
        return new TimerListener(
            bound, schedule, found.Trigger.RunOnStartup, RetryDelays.Of(found.Function), pipeline, signals, time, logger);
    });
}
