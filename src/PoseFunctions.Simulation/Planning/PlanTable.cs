using System.Globalization;
using PoseFunctions.Simulation.Queueing;

namespace PoseFunctions.Simulation.Planning;

/// <summary>A plan as a table in Markdown: what, how it is computed, and the result.</summary>
internal static class PlanTable
{
    /// <summary>The lines of the table.</summary>
    public static IEnumerable<string> Lines(CapacityPlan plan)
    {
        var (inputs, storage, limits, host) = (plan.Inputs, plan.Storage, plan.Inputs.Targets, plan.Inputs.Host);
        var (time, batch) = (BatchTime.Of(plan.Profile), plan.MaxBatchSize);
        yield return "| what | how | result |";
        yield return "| --- | --- | --- |";
        yield return Row("jobs a second", $"{plan.JobsPerHour:N0} / 3,600", $"{plan.JobsPerSecond:0.0}");
        yield return Row("own storage operations a job", $"{inputs.OwnOperationsPerJob.Value:0} + {plan.Targets} − 1", $"{storage.Own:0}");
        yield return Row("the callers' a job", $"1 upload + {plan.Looks} looks + {plan.Targets} downloads", $"{storage.Client:0}");
        yield return Row(
            "the host's a job, photos' account",
            $"{host.PhotoReads} looks at the photo + {host.JobMessages} deletion + 1/{host.MessagesPerRequest} receipt",
            $"{storage.HostOnPhotos:0.00}");
        yield return Row(
            "the host's a job, own account", $"{host.EventMessages} of a message + 1/{host.MessagesPerRequest} receipt", $"{storage.HostOnItsOwn:0.00}");
        yield return Row("records kept, and as many photos", $"{plan.JobsPerHour:N0} · {plan.RetentionHours:0.#} hours", $"{plan.RecordsKept:N0}");
        yield return Row("listings of one sweep", $"2 · {plan.RecordsKept:N0} / {CapacityPlan.NamesInListing:N0}", $"{plan.ListingsOfSweep:N0}");
        yield return Row(
            "listings for a job, while it is kept",
            $"{plan.ListingsOfSweep:N0} / {CapacityPlan.SweepSeconds} s / {plan.JobsPerSecond:0.0}",
            $"{plan.ListingsPerJob:0.00}");
        yield return Row(
            "longest listing with which a sweep ends before the next",
            $"{CapacityPlan.SweepSeconds} s / {plan.ListingsOfSweep:N0}",
            $"{1000 * CapacityPlan.SweepSeconds / plan.ListingsOfSweep:0.0} ms");
        yield return Row(
            "requests a second, photos' account",
            $"{plan.JobsPerSecond:0.0} · ({storage.Own:0} + {storage.Client:0} + {storage.HostOnPhotos:0.00}) + {plan.ListingsOfSweep:N0} / {CapacityPlan.SweepSeconds}",
            $"{plan.AccountRequestsPerSecond:N0}");
        yield return Row(
            "accounts for photos",
            $"{plan.AccountRequestsPerSecond:N0} / ({limits.AccountRequestsPerSecond:N0} · {plan.Utilisation:0.00}), rounded up",
            $"{plan.Accounts}");
        yield return Row(
            "jobs an hour that one account takes",
            $"{limits.AccountRequestsPerSecond:N0} · {plan.Utilisation:0.00} / {plan.RequestsPerJob:0.00} · 3,600",
            $"{plan.JobsPerHourOfOneAccount:N0}");
        yield return Row(
            "job queues",
            $"{plan.JobsPerSecond:0.0} / ({limits.QueueMessagesPerSecond:N0} · {plan.Utilisation:0.00}), rounded up",
            $"{plan.Queues}");
        yield return Row("images a second", $"{plan.JobsPerSecond:0.0} · {plan.Targets}", $"{plan.ImagesPerSecond:0.0}");
        yield return Row(
            "seconds for a full batch", $"{time.FixedSeconds:0.0000} + {batch} · {time.SecondsEach:0.0000}", $"{time.For(batch):0.000}");
        yield return Row("images a second of a replica", $"{batch} / {time.For(batch):0.000}", $"{plan.ImagesPerSecondOfReplica:0.0}");
        yield return Row(
            "replicas",
            $"{plan.ImagesPerSecond:0.0} / ({plan.ImagesPerSecondOfReplica:0.0} · {plan.Utilisation:0.00}), rounded up",
            $"{plan.Replicas}");
        yield return Row(
            "replicas' cost of 1,000 results",
            $"{plan.Replicas} · {plan.Prices.ReplicaHour:0.00} / ({plan.JobsPerHour:N0} · {plan.Targets}) · 1,000",
            $"{plan.ReplicaCostOfThousandResults:0.0000}");
        yield return Row(
            "storage requests' cost of 1,000 results",
            $"(({storage.Writes:0} + {plan.ListingsPerJob:0.00} listings) · {plan.Prices.TenThousandWrites} + {storage.Others:0.00} · {plan.Prices.TenThousandReads}) / 10,000 / {plan.Targets} · 1,000",
            $"{plan.StorageCostOfThousandResults:0.0000}");
        yield return Row(
            "cost of 1,000 results",
            "the two together",
            $"{plan.ReplicaCostOfThousandResults + plan.StorageCostOfThousandResults:0.0000}");
    }

    private static string Row(string what, FormattableString how, FormattableString result) => $"| {what} | {Text(how)} | {Text(result)} |";

    private static string Row(string what, string how, FormattableString result) => $"| {what} | {how} | {Text(result)} |";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
