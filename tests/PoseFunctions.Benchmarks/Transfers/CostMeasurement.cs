using System.Diagnostics;
using PoseFunctions.Core.Requests;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>
/// What results of certain sizes take, as the service writes them by default; and, in turn with them, the bare graphs of the same
/// models in sessions with the same settings.
/// </summary>
internal sealed class CostMeasurement : IDisposable
{
    private static readonly int[] LongSides = [512, 1024];

    private readonly TransferService service;
    private readonly TransferArguments arguments;
    private readonly IReadOnlyList<BareGraph> graphs;
    private readonly List<SizeTime> sizes = [];
    private readonly List<GraphTime> bare = [];

    public CostMeasurement(TransferService service, TransferArguments arguments)
    {
        (this.service, this.arguments) = (service, arguments);
        var catalog = service.Get<ModelCatalog>();
        var used = catalog.All.Where(model =>
            service.Parser.Version.Split('+').Contains($"{model.Name}-{model.Version}")
            || model.Name == service.Generator(arguments.Generator).Manifest.Name);
        graphs = [.. used.Select(model => new BareGraph(model, catalog.FolderOf(model), service.Get<SessionFactory>()))];
    }

    /// <summary>How many photos were measured.</summary>
    public int Count { get; private set; }

    /// <summary>Measures one photo.</summary>
    public async Task AddAsync(PhotoFile photo, NamedTarget target, CancellationToken cancellationToken)
    {
        var read = await ReadPhoto.ReadAsync(service, await File.ReadAllBytesAsync(photo.FullPath, cancellationToken), cancellationToken);
        foreach (var longSide in LongSides)
        {
            var output = new OutputOptions(LongSide: longSide);
            var started = Stopwatch.GetTimestamp();
            await read.RenderAsync(new() { Targets = [target.Pose], Generator = arguments.Generator, Output = output }, cancellationToken);
            sizes.Add(new(photo.Name, longSide, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        }

        await read.ForgetAsync(cancellationToken);
        bare.AddRange(graphs.Select(graph => new GraphTime(graph.Manifest.Name, graph.Manifest.Kind, graph.Run(cancellationToken))));
        Count++;
    }

    /// <summary>What was measured.</summary>
    public CostReport Report() => new(Environment.ProcessorCount, sizes, bare);

    public void Dispose()
    {
        foreach (var graph in graphs)
        {
            graph.Dispose();
        }
    }
}
