using PoseFunctions.ModelImport.Tests.Support;

namespace PoseFunctions.ModelImport.Tests;

/// <summary>What the program says, and its exit codes.</summary>
public sealed class ModelImportApplicationTests : IDisposable
{
    private readonly ImportFolders folders = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    [Fact]
    public async Task Run_WithoutThePackage_EndsWith2AndOneSentence()
    {
        Assert.Equal(2, await RunAsync("--package", folders.Package, "--models", folders.Models));

        Assert.Matches("^The model blazepose-detector cannot be imported: there is no file .*\\.\n$", errors.ToString());
        Assert.Empty(output.ToString());
        Assert.False(Directory.Exists(folders.Models));
    }

    [Fact]
    public async Task Run_WithAnotherPackage_EndsWith2AndOneSentence()
    {
        await File.WriteAllTextAsync(Path.Combine(folders.Package, "pose_solution_packed_assets.data"), "another", TestContext.Current.CancellationToken);

        Assert.Equal(2, await RunAsync("--package", folders.Package, "--models", folders.Models));
        Assert.Matches("^The model blazepose-detector cannot be imported: .* has SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}\\.\n$", errors.ToString());
        Assert.False(Directory.Exists(folders.Models));
    }

    [Theory]
    [InlineData("--package", "somewhere")]
    [InlineData("--models", "somewhere")]
    [InlineData("--package", "a", "--models", "b", "--strange", "c")]
    public async Task Run_WithoutWhatItNeeds_EndsWith2(params string[] arguments) => Assert.Equal(2, await RunAsync(arguments));

    public void Dispose()
    {
        folders.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    private Task<int> RunAsync(params string[] arguments) => new ModelImportApplication(output, errors).RunAsync(arguments);
}
