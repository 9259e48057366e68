using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace PoseFunctions.LocalWorker.Discovery;

/// <summary>Every function of an app, found once at start.</summary>
internal sealed class FunctionCatalog
{
    private readonly FunctionDeclaration[] functions;

    /// <param name="assemblies">Where to look for functions.</param>
    /// <exception cref="FunctionDeclarationException">A function is declared wrongly, or two share a name.</exception>
    public FunctionCatalog(IEnumerable<Assembly> assemblies)
        : this(assemblies.Distinct().SelectMany(assembly => assembly.GetExportedTypes()))
    {
    }

    public FunctionCatalog(IEnumerable<Type> classes)
    {
        functions = [.. classes.SelectMany(FunctionDiscovery.Find)];
        var shared = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (shared is not null)
        {
            var entryPoints = string.Join(" and ", shared.Select(function => $"{function.Class}.{function.Method.Name}"));
            throw new FunctionDeclarationException(shared.Key, $"Its name is used twice, by {entryPoints}.");
        }
    }

    public IReadOnlyList<FunctionDeclaration> All => functions;

    /// <summary>The functions that one kind of trigger starts, with their trigger attributes.</summary>
    public IEnumerable<(FunctionDeclaration Function, TTrigger Trigger)> StartedBy<TTrigger>()
        where TTrigger : TriggerBindingAttribute =>
        from function in functions
        where function.Trigger is TTrigger
        select (function, (TTrigger)function.Trigger);
}
