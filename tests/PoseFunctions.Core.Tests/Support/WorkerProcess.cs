using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Recovery;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>A worker process with its own memory, over the shared storage.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly RecentWork recent = new();
    private readonly ResultPainter painter;

    public WorkerProcess(
        SharedStorage shared,
        Mortality? mortality = null,
        IPersonParser? parser = null,
        IPoseGenerator? generator = null,
        ILayoutPredictor? layout = null,
        RawCodec? codec = null,
        bool runsAtOnce = true)
    {
        var storage = new MortalStorage(shared, mortality ?? new());
        var options = Options.Create(new TransferOptions { DefaultGenerator = "patch-xing", RunAtOnce = runsAtOnce });
        var library = PoseLibrary.Load();
        codec ??= new();
        parser ??= new StandingPersonParser();
        Keeper = new(storage, () => new(Provider: null), options, shared.Clock, NullLogger<WorkerLeaseKeeper>.Instance);
        var parsing = new PhotoParsing(codec, parser, storage, recent, Options.Create(new ImageLimits()));
        var photos = new JobPhotos(storage, parsing);
        var models = new GeneratorCatalog([generator ?? new ShadingGenerator()], layout);
        var layouts = new TargetLayouts(library, photos, models);
        var chosen = new JobModels(models, layouts, options);
        painter = new(codec, new(parser));
        var renderer = new TransferRenderer(
            codec,
            photos,
            new(codec, photos),
            new(new(storage, recent)),
            new(codec, photos, new(codec, photos)),
            new(layouts),
            painter,
            storage,
            options,
            shared.Clock,
            NullLogger<TransferRenderer>.Instance);
        Jobs = new(
            storage,
            storage,
            Keeper,
            new(storage, options, shared.Clock, NullLogger<ClaimWatch>.Instance),
            chosen,
            photos,
            storage,
            storage,
            parsing,
            renderer,
            recent,
            options,
            shared.Clock,
            NullLogger<RunJobHandler>.Instance);
        var immediate = new ImmediateRun(Keeper, chosen, Jobs, options, shared.Clock);
        var settlement = new UploadSettlement(
            storage, storage, storage, parsing, recent, immediate, shared.Clock, NullLogger<UploadSettlement>.Instance);
        Uploads = new(
            storage,
            new(storage, storage, settlement, shared.Clock),
            new(new(shared.Requests, options), library),
            new(parsing, new(storage, parsing, options, shared.Clock), shared.Clock),
            settlement,
            shared.Clock,
            NullLogger<UploadHandler>.Instance);
        Watchdog = new(storage, storage, storage, shared.Clock, NullLogger<Watchdog>.Instance);
        Poison = new(storage, storage, storage, shared.Clock, NullLogger<PoisonHandler>.Instance);
        Sweep = new(storage, storage, storage, storage, Uploads, options, shared.Clock, NullLogger<Sweep>.Instance);
    }

    public PoisonHandler Poison { get; }

    public WorkerLeaseKeeper Keeper { get; }

    public UploadHandler Uploads { get; }

    public RunJobHandler Jobs { get; }

    public Watchdog Watchdog { get; }

    public Sweep Sweep { get; }

    public void Dispose()
    {
        Keeper.Dispose();
        painter.Dispose();
        recent.Dispose();
    }
}
