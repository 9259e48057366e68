namespace Microsoft.Azure.Functions.Worker;

/// <summary>Times of a timer function's schedule, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>When the function last ran.</summary>
    public DateTime Last { get; set; }

    /// <summary>When the function is due next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When these times were last updated.</summary>
    public DateTime LastUpdated { get; set; }
}
