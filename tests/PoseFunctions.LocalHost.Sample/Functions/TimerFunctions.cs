using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalHost.Sample.Functions;

public sealed class TimerFunctions(Journal journal)
{
    [Function("TimerTick")]
    public void Tick([TimerTrigger("* * * * * *")] TimerInfo timer) => journal.Write("TimerTick", $"{timer.IsPastDue}");

    [Function("TimerStart")]
    public void Start([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) =>
        journal.Write("TimerStart", $"{timer.ScheduleStatus?.Next.Month}");
}
