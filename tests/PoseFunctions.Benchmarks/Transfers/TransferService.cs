using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Core;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Imaging;
using PoseFunctions.Inference;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>The worker's own parts, put together as it does it, over stores in memory; parser and generators tell their times.</summary>
internal sealed class TransferService : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    /// <param name="models">Folder of model folders.</param>
    public TransferService(string models)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Inference:ModelsPath"] = models });
        var services = builder.Services;
        services.AddLogging();
        services.AddImaging();
        services.AddInference(builder.Configuration);
        services.AddPoseFunctionsWork();
        services.AddSingleton<IPhotoStore, InMemoryPhotoStore>();
        services.AddSingleton<IParsedPhotoStore, InMemoryParsedPhotoStore>();
        services.AddSingleton<IResultStore, InMemoryResultStore>();
        services.AddSingleton<TimedParser>(from => new(from.GetRequiredService<InstalledModels>().Parser));
        services.AddSingleton<IPersonParser>(from => from.GetRequiredService<TimedParser>());
        services.AddSingleton(from => Timed(from.GetRequiredService<InstalledModels>()));
        provider = services.BuildServiceProvider();
    }

    public TimedParser Parser => Get<TimedParser>();

    /// <summary>Runs the sessions that jobs without wishes need, as the worker does at its start.</summary>
    public void WarmUp(CancellationToken cancellationToken) =>
        Get<InstalledModels>().WarmUp(WarmUpScope.Default, new TransferOptions().DefaultGenerator, cancellationToken);

    public T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    /// <summary>The generator that jobs with this wish get.</summary>
    public TimedGenerator Generator(string? name) =>
        (TimedGenerator)Get<GeneratorCatalog>().Get(name ?? new TransferOptions().DefaultGenerator);

    /// <summary>Which models these are.</summary>
    public ModelsReport Describe(string? generator)
    {
        var (manifest, hash) = (Generator(generator).Manifest, Generator(generator).ModelHash);
        return new(Parser.Version, manifest.Name, manifest.Version, hash);
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private static GeneratorCatalog Timed(InstalledModels models) =>
        new(models.Generators.Select(generator => new TimedGenerator(generator)), models.Layout);
}
