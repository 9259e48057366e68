using System.CommandLine;
using PoseFunctions.ModelImport.Published;

namespace PoseFunctions.ModelImport;

/// <summary>The program: reads the command line and imports every published model.</summary>
internal sealed class ModelImportApplication(TextWriter output, TextWriter errors)
{
    private const int Failed = 2;

    private readonly Option<DirectoryInfo> package = new("--package")
    {
        Description = "Folder of the unpacked npm package @mediapipe/pose.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<DirectoryInfo> models = new("--models")
    {
        Description = "Folder that gets a folder for each model.",
        HelpName = "DIR",
        Required = true,
    };

    /// <returns>0 once every model is there, or 2 with a sentence on the error output.</returns>
    public async Task<int> RunAsync(params string[] args)
    {
        var root = new RootCommand("Turns published TensorFlow Lite models into model folders.") { package, models };
        root.SetAction(ImportAsync);
        var arguments = root.Parse(args);
        try
        {
            var exitCode = await arguments.InvokeAsync(new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
            return arguments.Errors.Count > 0 ? Failed : exitCode;
        }
        catch (Exception exception) when (exception is ModelImportException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    private async Task ImportAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var importer = new ModelImporter(arguments.GetRequiredValue(package).FullName, arguments.GetRequiredValue(models).FullName);
        foreach (var model in BlazePose.Models)
        {
            var isNew = await importer.ImportAsync(model, cancellationToken);
            await output.WriteLineAsync($"{model.Name} {model.Version}: {(isNew ? "imported" : "up to date")}");
        }
    }
}
