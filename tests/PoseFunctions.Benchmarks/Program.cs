using System.Globalization;
using PoseFunctions.Benchmarks;
using PoseFunctions.Benchmarks.Transfers;
using PoseFunctions.Core.Images;

const string Usage = $$"""
    usage: PoseFunctions.Benchmarks service [jobs for throughput = 120] [jobs for memory = 500]
           PoseFunctions.Benchmarks images
           PoseFunctions.Benchmarks models
           PoseFunctions.Benchmarks runtimes [threads = 2] [rounds = 5] [what else ran, as a sentence]
           PoseFunctions.Benchmarks runtime ARCHITECTURE [network as JSON = {}: the published one] [HxW = 128x64] [threads = 2] [rounds = 5]
           PoseFunctions.Benchmarks {{TransferCommand.Name}} PHOTOS OUTPUT {{TransferArguments.Usage}}
    """;

switch (args.FirstOrDefault())
{
    case "service":
        await using (var service = await MeasuredService.StartAsync())
        {
            var measurements = new ServiceMeasurements(service);
            measurements.Start();
            await measurements.WarmUpAsync();
            await measurements.IdleProcessorTimeAsync(TimeSpan.FromSeconds(30));
            await measurements.IdleLatencyAsync(jobs: 30, "run at once");
            await measurements.ServiceTaxAsync(jobs: Number(1, 120));
            await measurements.MemoryAsync(few: Number(2, 500) / 10, many: Number(2, 500));
        }

        await using (var service = await MeasuredService.StartAsync(runAtOnce: false))
        {
            var measurements = new ServiceMeasurements(service);
            await measurements.WarmUpAsync();
            await measurements.IdleLatencyAsync(jobs: 30, "through the queue");
        }

        return 0;
    case "images":
        var images = new ImageMeasurements();
        images.Print();
        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            images.PrintMemory(format, whole: false);
            images.PrintMemory(format, whole: true);
        }

        return 0;
    case ImageMeasurements.DecodeCommand when args.Length == 3:
        new ImageMeasurements().DecodeOnce(args[1], Number(2, 0));
        return 0;
    case ModelStart.Command:
        await ModelStart.MeasureAsync();
        return 0;
    case "runtimes":
        await RuntimeReport.WriteAsync(Number(1, 2), Number(2, 5), Text(3, "Nothing else ran on the machine."));
        return 0;
    case "runtime" when args.Length > 1:
        var table = new ModelTable(Number(4, 2), Number(5, 5));
        var rows = await table.RowsAsync(args[1], Text(2, "{}"), Text(3, "128x64"));
        Console.WriteLine(string.Join('\n', [ModelRow.Header, .. rows.Select(row => row.ToMarkdown(table.Peak)), .. table.Remarks]));
        return 0;
    case TransferCommand.Name when TransferArguments.Parse(args[1..]) is { } transfer:
        await TransferCommand.RunAsync(transfer, CancellationToken.None);
        return 0;
    case MemoryProbe.Command when args.Length == 5:
        MemoryProbe.Run(args[1], args[2], Number(3, 1), Number(4, 2));
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

string Text(int at, string otherwise) => args.Length > at ? args[at] : otherwise;
