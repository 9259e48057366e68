using System.Globalization;
using PoseFunctions.Benchmarks;
using PoseFunctions.Testing.Azurite;

// usage: PoseFunctions.Benchmarks [jobs for throughput] [jobs for memory]
var throughputJobs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 120;
var memoryJobs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 500;

await using var azurite = await AzuriteProcess.StartAsync();
await using var service = await BenchmarkedService.StartAsync(azurite.ConnectionString);
var measurements = new ServiceMeasurements(service);
await measurements.WarmUpAsync();
await measurements.IdleLatencyAsync(jobs: 30);
await measurements.ServiceTaxAsync(throughputJobs);
await measurements.MemoryAsync(few: memoryJobs / 10, many: memoryJobs);
