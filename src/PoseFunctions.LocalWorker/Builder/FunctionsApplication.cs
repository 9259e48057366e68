namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a Functions app starts.</summary>
public static class FunctionsApplication
{
    /// <summary>Makes a builder that reads the environment and the command line.</summary>
    /// <param name="args">The command line of the program.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
