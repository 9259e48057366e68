namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function learns of its schedule.</summary>
public class TimerInfo
{
    /// <summary>Last and next run; null where the host keeps none.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the run starts later than its schedule says.</summary>
    public bool IsPastDue { get; set; }
}
