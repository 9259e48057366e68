using System.CommandLine;
using PoseFunctions.Simulation.Commands;

namespace PoseFunctions.Simulation;

/// <summary>The program: reads the command line and runs one command.</summary>
internal sealed class SimulationApplication(TextWriter output, TextWriter errors)
{
    private const int Failed = 2;

    /// <returns>0, or 2 where the command line asks for what cannot be computed.</returns>
    public int Run(params string[] args)
    {
        var root = new RootCommand("Sizes a PoseFunctions service on paper, from measured inputs.")
        {
            new PlanCommand(output).Build(),
            new DayCommand(output).Build(),
        };
        var arguments = root.Parse(args);
        try
        {
            var exitCode = arguments.Invoke(new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
            return arguments.Errors.Count > 0 ? Failed : exitCode;
        }
        catch (SimulationException exception)
        {
            errors.WriteLine(exception.Message);
            return Failed;
        }
    }
}
