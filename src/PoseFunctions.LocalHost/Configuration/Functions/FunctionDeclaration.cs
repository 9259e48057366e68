namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>A function that this host can run.</summary>
/// <param name="Name">Unique within its app.</param>
/// <param name="Trigger">What runs it.</param>
internal sealed record FunctionDeclaration(string Name, TriggerBinding Trigger);
