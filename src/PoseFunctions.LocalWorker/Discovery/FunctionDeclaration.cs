using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace PoseFunctions.LocalWorker.Discovery;

/// <summary>A function as its attributes declare it.</summary>
/// <param name="Name">The name given with <see cref="FunctionAttribute"/>.</param>
/// <param name="Method">The method to call.</param>
/// <param name="Trigger">What starts the function.</param>
/// <param name="TriggerPosition">Position of the parameter that the trigger attribute stands on.</param>
/// <param name="Retry">How a failed run is repeated; null for not at all.</param>
internal sealed record FunctionDeclaration(
    string Name, MethodInfo Method, TriggerBindingAttribute Trigger, int TriggerPosition, RetryAttribute? Retry)
{
    public Type Class { get; } = Method.ReflectedType!;

    public ParameterInfo[] Parameters { get; } = Method.GetParameters();

    // Taken from the same array, because the runtime may hand out another object for the same parameter the next time.
    public ParameterInfo TriggerParameter => Parameters[TriggerPosition];

    /// <summary>The id a function app with the host id <c>Host</c> gives it.</summary>
    public string Id { get; } = $"Host.Functions.{Name}";
}
