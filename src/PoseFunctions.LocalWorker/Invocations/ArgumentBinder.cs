namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Makes the value of one parameter for one invocation.</summary>
internal delegate ValueTask<object?> ArgumentBinder(Invocation invocation);
