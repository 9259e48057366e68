using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalHost.Sample.Functions;

public sealed class QueueFunctions(Journal journal)
{
    [Function("QueueText")]
    public void Text([QueueTrigger("%SAMPLE_PREFIX%-text")] string message, long dequeueCount, string id) =>
        journal.Write("QueueText", $"{message} {dequeueCount} {id.Length > 0}");

    [Function("QueueBinary")]
    public void Binary([QueueTrigger("%SAMPLE_PREFIX%-binary")] BinaryData message) => journal.Write("QueueBinary", message.ToString());

    [Function("QueueOrder")]
    public void OrderOf([QueueTrigger("%SAMPLE_PREFIX%-order")] Order message) => journal.Write("QueueOrder", $"{message.Id} {message.Count}");

    [Function("QueueWhole")]
    public void Whole([QueueTrigger("%SAMPLE_PREFIX%-whole")] QueueMessage message) =>
        journal.Write("QueueWhole", $"{message.Body} {message.DequeueCount} {message.InsertedOn is not null}");

    [Function("QueueFail")]
    public void Fail([QueueTrigger("%SAMPLE_PREFIX%-fail")] string message, long dequeueCount)
    {
        journal.Write("QueueFail", $"{message} {dequeueCount}");
        throw new InvalidOperationException("fails on purpose");
    }

    [Function("QueuePoison")]
    public void Poison([QueueTrigger("%SAMPLE_PREFIX%-fail-poison")] string message) => journal.Write("QueuePoison", message);

    /// <summary>Takes as long as its message says, in milliseconds; one that begins with "deaf" ignores cancellation.</summary>
    [Function("QueueSlow")]
    public async Task SlowAsync([QueueTrigger("%SAMPLE_PREFIX%-slow")] string message, CancellationToken cancellationToken)
    {
        journal.Write("QueueSlow", $"{message} begins");
        var isDeaf = message.StartsWith("deaf", StringComparison.Ordinal);
        var milliseconds = int.Parse(message.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            await Task.Delay(milliseconds, isDeaf ? CancellationToken.None : cancellationToken);
            journal.Write("QueueSlow", $"{message} ends");
        }
        catch (OperationCanceledException)
        {
            journal.Write("QueueSlow", $"{message} cancelled");
            throw;
        }
    }
}
