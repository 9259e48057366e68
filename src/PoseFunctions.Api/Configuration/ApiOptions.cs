using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.Api.Configuration;

/// <summary>Settings of the HTTP app.</summary>
public sealed class ApiOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Api";

    /// <summary>Whether new jobs are taken; off while the service is drained. Everything else goes on.</summary>
    public bool AcceptsJobs { get; set; } = true;

    /// <summary>Largest request body in bytes: a photo, its pose photos and, in JSON, a third more for base64.</summary>
    [Range(1_000, 100_000_000)]
    public long MaxRequestBytes { get; set; } = 100_000_000;

    /// <summary>How long an upload URL can be used.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan UploadUrlLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Pause between two looks at a record while a caller waits for it to change.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a measurement of the queue serves the estimates of all callers.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan QueueMeasurementLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Folder with one folder for every model, each with its manifest; relative to the app.</summary>
    [Required]
    public string ModelsFolder { get; set; } = "models";
}
