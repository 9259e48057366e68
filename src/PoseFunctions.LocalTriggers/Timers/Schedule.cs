using System.Globalization;
using NCrontab;
using PoseFunctions.LocalTriggers.Configuration;

namespace PoseFunctions.LocalTriggers.Timers;

/// <summary>When a timer function is due: by an NCRONTAB expression in UTC, or after a fixed interval.</summary>
internal sealed class Schedule
{
    private readonly Func<DateTimeOffset, DateTimeOffset> next;

    private Schedule(Func<DateTimeOffset, DateTimeOffset> next) => this.next = next;

    /// <summary>The first time due after another time.</summary>
    public DateTimeOffset Next(DateTimeOffset after) => next(after);

    /// <exception cref="HostConfigurationException">The text is neither.</exception>
    public static Schedule Parse(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
        {
            return new Schedule(after => after + interval);
        }

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var cron = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 })
            ?? throw new HostConfigurationException(
                $"'{text}' is no schedule: it must be a five- or six-field NCRONTAB expression or a positive time span.");
        return new Schedule(after => new DateTimeOffset(cron.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero));
    }
}
