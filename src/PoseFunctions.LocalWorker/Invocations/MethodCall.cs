namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Calls a method on an instance (null for static methods) and gives what it returns; null for nothing.</summary>
internal delegate Task<object?> MethodCall(object? instance, object?[] arguments);
