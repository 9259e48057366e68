using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Benchmarks;

/// <summary>What the service adds to its models: every ratio is measured in one run, on the same sessions and images.</summary>
internal sealed class ServiceMeasurements(MeasuredService service)
{
    private readonly IImageCodec codec = service.Services.GetRequiredService<IImageCodec>();
    private readonly IPersonParser parser = service.Services.GetRequiredService<IPersonParser>();
    private readonly IPoseGenerator generator = service.Services.GetRequiredService<GeneratorCatalog>().Get(new TransferOptions().DefaultGenerator);
    private readonly LibraryPose front = PoseLibrary.Load().Get("front");
    private readonly SamplePhotos photos = new(service.Services.GetRequiredService<IImageCodec>());

    public async Task WarmUpAsync()
    {
        foreach (var photo in photos.Take(10))
        {
            await service.FinishedAsync(await service.DropAsync(photo));
            await BareAsync(photo);
        }
    }

    /// <summary>From the start of the first process until every function can run.</summary>
    public void Start() => Console.WriteLine($"start to ready: {service.StartTime.TotalSeconds:0.0} s");

    /// <summary>What the service costs while nobody wants anything of it.</summary>
    public async Task IdleProcessorTimeAsync(TimeSpan duration)
    {
        var use = new ProcessorUse(service.Processes);
        await Task.Delay(duration);
        Console.WriteLine($"idle for {duration.TotalSeconds:0} s, shares of a core: {use.Shares()}");
    }

    /// <summary>One job at a time: upload to finished, against the bare work on the same photo just after.</summary>
    /// <param name="jobs">How many.</param>
    /// <param name="way">How jobs get to the worker, in words.</param>
    public async Task IdleLatencyAsync(int jobs, string way)
    {
        var whole = new List<double>();
        var added = new List<double>();
        var queued = new List<double>();
        foreach (var photo in photos.Take(jobs))
        {
            var started = Stopwatch.GetTimestamp();
            var job = await service.FinishedAsync(await service.DropAsync(photo));
            queued.Add(job.Timings.QueueMilliseconds ?? 0);
            whole.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            started = Stopwatch.GetTimestamp();
            await BareAsync(photo);
            added.Add(whole[^1] - Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine($"idle, {jobs} jobs {way}: upload to result p50 {whole.Percentile(50):0} ms, p95 {whole.Percentile(95):0} ms");
        Console.WriteLine($"idle, minus the bare work on the same photo: p50 {added.Percentile(50):0} ms, p95 {added.Percentile(95):0} ms");
        Console.WriteLine($"idle, queued to claimed: p50 {queued.Percentile(50):0} ms, p95 {queued.Percentile(95):0} ms");
    }

    /// <summary>Many jobs at once against a bare loop over the same sessions and images, eight at a time.</summary>
    public async Task ServiceTaxAsync(int jobs)
    {
        var set = photos.Take(jobs);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(set, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (photo, _) => await BareAsync(photo));
        var bare = Stopwatch.GetElapsedTime(started);
        var use = new ProcessorUse(service.Processes);
        started = Stopwatch.GetTimestamp();
        var ids = await Task.WhenAll(set.Select(service.DropAsync));
        foreach (var id in ids)
        {
            await service.FinishedAsync(id);
        }

        var whole = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"saturated, {jobs} jobs: service {jobs / whole.TotalSeconds:0.00}/s, bare loop {jobs / bare.TotalSeconds:0.00}/s, ratio {bare / whole:0.00}");
        Console.WriteLine($"saturated, processor time a job: {use.PerJob(jobs)}");
    }

    /// <summary>Working set of the worker app after many jobs against after few.</summary>
    public async Task MemoryAsync(int few, int many)
    {
        var afterFew = await MemoryAfterAsync(few);
        var afterMany = await MemoryAfterAsync(many - few);
        Console.WriteLine($"working set after {few} jobs {afterFew / 1e6:0} MB, after {many} jobs {afterMany / 1e6:0} MB, ratio {(double)afterMany / afterFew:0.00}");
    }

    private async Task<long> MemoryAfterAsync(int jobs)
    {
        foreach (var chunk in photos.Take(jobs).Chunk(50))
        {
            foreach (var id in await Task.WhenAll(chunk.Select(service.DropAsync)))
            {
                await service.FinishedAsync(id);
            }
        }

        return service.WorkerMemory;
    }

    /// <summary>What cannot be left out: decode, parse, generate, encode.</summary>
    private async Task BareAsync(byte[] encoded)
    {
        using var photo = codec.Decode(encoded);
        var square = PersonChoice.Choose(await parser.FindAsync(photo, CancellationToken.None), PersonSelection.Default, photo.Size).Square;
        var person = await parser.ParseAsync(photo, square, CancellationToken.None);
        var manifest = generator.Manifest;
        using var source = codec.Resize(photo, manifest.NativeSize);
        var (across, down) = ((float)manifest.Width / photo.Size.Width, (float)manifest.Height / photo.Size.Height);
        var target = PoseRetargeting.Retarget(front.ToPose(), person.Pose, photo.Size);
        var input = new GenerationInput(source, ToFrame(person.Pose), ToFrame(target))
        {
            SourceParsing = new(manifest.NativeSize, new byte[manifest.NativeSize.Pixels]),
        };
        using var generated = await generator.GenerateAsync(input, CancellationToken.None);
        using var result = codec.Resize(generated.Image, photo.Size);
        codec.Encode(result, new(ImageFormat.Jpeg, Quality: 90, new(manifest.Name, manifest.Version)));

        Pose ToFrame(Pose pose) => pose.Map((x, y) => (x * across, y * down));
    }
}
