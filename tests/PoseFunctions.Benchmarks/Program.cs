using System.Globalization;
using PoseFunctions.Benchmarks;
using PoseFunctions.Testing.Azurite;

const string Usage = """
    usage: PoseFunctions.Benchmarks service [jobs for throughput = 120] [jobs for memory = 500]
           PoseFunctions.Benchmarks runtimes [architecture = xinggan] [network as JSON = {}: the published one] [HxW = 128x64]
    """;

switch (args.FirstOrDefault())
{
    case "service":
        await using (var azurite = await AzuriteProcess.StartAsync())
        await using (var service = await BenchmarkedService.StartAsync(azurite.ConnectionString))
        {
            var measurements = new ServiceMeasurements(service);
            await measurements.WarmUpAsync();
            await measurements.IdleLatencyAsync(jobs: 30);
            await measurements.ServiceTaxAsync(jobs: Number(1, 120));
            await measurements.MemoryAsync(few: Number(2, 500) / 10, many: Number(2, 500));
        }

        return 0;
    case "runtimes":
        const int Threads = 2;
        using (var peer = await PyTorchPeer.StartAsync(Text(1, "xinggan"), Text(2, "{}"), Text(3, "128x64"), Threads))
        {
            await new RuntimeComparison(peer, Threads).PrintAsync([1, 4, 8]);
        }

        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

string Text(int at, string otherwise) => args.Length > at ? args[at] : otherwise;
