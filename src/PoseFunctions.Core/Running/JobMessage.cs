using System.Text.Json;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Running;

/// <summary>The envelope on the jobs queue: which job, and the trace it belongs to. Everything else is in the record.</summary>
/// <param name="SchemaVersion">Version of this envelope; 1.</param>
/// <param name="JobId">The job.</param>
/// <param name="TraceParent">W3C trace parent, or null.</param>
public sealed record JobMessage(int SchemaVersion, JobId JobId, string? TraceParent)
{
    /// <summary>The version that this code writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>An envelope of the current version.</summary>
    public static JobMessage For(JobRecord record) => new(CurrentSchemaVersion, record.Id, record.TraceParent);

    /// <summary>Reads an envelope as it stands on the queue.</summary>
    /// <exception cref="JsonException">It is no envelope.</exception>
    public static JobMessage Parse(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, CoreJsonContext.Default.JobMessage) ?? throw new JsonException("The message is null.");

    /// <summary>The envelope as it stands on the queue, UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CoreJsonContext.Default.JobMessage);
}
