using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace PoseFunctions.LocalWorker.Discovery;

/// <summary>Reads functions from attributes and refuses what the real build tools refuse.</summary>
internal static partial class FunctionDiscovery
{
    /// <summary>The functions of a class.</summary>
    /// <exception cref="FunctionDeclarationException">One of them is declared wrongly.</exception>
    public static IEnumerable<FunctionDeclaration> Find(Type type) =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        let attribute = method.GetCustomAttribute<FunctionAttribute>()
        where attribute is not null
        select Read(type, method, attribute.Name);

    private static FunctionDeclaration Read(Type type, MethodInfo method, string name)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new FunctionDeclarationException(name, "A name is a letter followed by at most 126 letters, digits, '-' or '_'.");
        }

        if (!method.IsStatic && (type.IsAbstract || type.ContainsGenericParameters))
        {
            throw new FunctionDeclarationException(name, $"Its class {type} cannot be made: it is abstract or generic.");
        }

        if (method.ReturnType == typeof(void) && method.GetCustomAttribute<System.Runtime.CompilerServices.AsyncStateMachineAttribute>() is not null)
        {
            throw new FunctionDeclarationException(name, "An async function must return a Task.");
        }

        var triggers =
            (from parameter in method.GetParameters()
             from trigger in parameter.GetCustomAttributes<TriggerBindingAttribute>()
             select (parameter, trigger)).ToArray();
        if (triggers is not [var (triggerParameter, triggerAttribute)])
        {
            throw new FunctionDeclarationException(name, $"It must have exactly one trigger but has {triggers.Length}.");
        }

        var retry = method.GetCustomAttribute<RetryAttribute>();
        if (retry is not null && triggerAttribute is not TimerTriggerAttribute)
        {
            throw new FunctionDeclarationException(name, "Retry attributes are for timer functions; blobs and queues are retried by the host.");
        }

        return new FunctionDeclaration(name, method, triggerAttribute, triggerParameter.Position, retry);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex ValidName();
}
