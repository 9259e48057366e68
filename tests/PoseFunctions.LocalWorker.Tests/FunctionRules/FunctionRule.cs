namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>Something that the real SDK refuses to build, or that fails only on Azure.</summary>
/// <param name="Id">The SDK's own diagnostic where it has one, else a short name of the trap.</param>
/// <param name="Problems">What is wrong with a function; nothing when all is well.</param>
internal sealed record FunctionRule(string Id, Func<DeclaredFunction, IEnumerable<string>> Problems);
