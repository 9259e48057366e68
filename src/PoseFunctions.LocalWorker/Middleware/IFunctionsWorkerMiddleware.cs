namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>
/// Code that runs round every invocation. One instance serves all of them; scoped services come from
/// <see cref="FunctionContext.InstanceServices"/>.
/// </summary>
public interface IFunctionsWorkerMiddleware
{
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
