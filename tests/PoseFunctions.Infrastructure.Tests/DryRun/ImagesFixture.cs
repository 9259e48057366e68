using PoseFunctions.Infrastructure.Tests.Docker;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>Both images, built once outside Docker from the repository as it is, the worker's for the CPU: without 500 MB for CUDA.</summary>
public sealed class ImagesFixture : IAsyncLifetime
{
    private readonly ImageFolder folder = new();

    internal ImageBuild Api { get; private set; } = null!;

    internal ImageBuild Worker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await BuildAsync();
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task BuildAsync()
    {
        var context = BuildContext.OfRepository();
        Api = Build("Dockerfile.api", context);
        Worker = Build("Dockerfile.worker", context);
        await Api.RunAsync(CancellationToken.None);
        await Worker.RunAsync(CancellationToken.None);
        ImageFolder.MakeReadOnly(Api.Root);
        ImageFolder.MakeReadOnly(Worker.Root);
    }

    private ImageBuild Build(string name, BuildContext context) =>
        new(Dockerfile.Read(name), context, Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName, new Dictionary<string, string> { ["ACCELERATOR"] = "Cpu" });
}
