namespace PoseFunctions.LocalWorker.Discovery;

/// <summary>A function is declared in a way that no host can run; the message says which and why.</summary>
/// <param name="function">The function's name, or its method where it has none.</param>
/// <param name="problem">What is wrong, as a sentence.</param>
public sealed class FunctionDeclarationException(string function, string problem)
    : InvalidOperationException($"Function '{function}' cannot run. {problem}");
