namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>The clock runs the function.</summary>
/// <param name="Parameter">Name of the parameter that gets the state of the timer.</param>
/// <param name="Schedule">CRON expression with seconds, or an interval; may be <c>%SETTING%</c>.</param>
/// <param name="RunOnStartup">Whether it runs also when the host starts.</param>
/// <param name="UseMonitor">Whether a run that was missed while no host ran is made up for.</param>
internal sealed record TimerTriggerBinding(string Parameter, string Schedule, bool RunOnStartup, bool UseMonitor) : TriggerBinding(Parameter);
