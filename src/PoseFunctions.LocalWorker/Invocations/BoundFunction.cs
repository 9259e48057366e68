using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.LocalWorker.Discovery;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>A function whose every parameter is known to have a value; made once, called often.</summary>
internal sealed class BoundFunction
{
    private static readonly ObjectFactory NoInstance = (_, _) => null!;

    private readonly ArgumentBinder[] binders;
    private readonly MethodCall call;
    private readonly ObjectFactory create;

    public BoundFunction(FunctionDeclaration declaration, ArgumentBinder[] binders, Func<Invocation, Task>? writeResult)
    {
        Declaration = declaration;
        Definition = new DeclaredFunctionDefinition(declaration);
        WriteResult = writeResult;
        this.binders = binders;
        call = MethodCallCompiler.Compile(declaration.Method);
        create = declaration.Method.IsStatic ? NoInstance : ActivatorUtilities.CreateFactory(declaration.Class, []);
    }

    public FunctionDeclaration Declaration { get; }

    public DeclaredFunctionDefinition Definition { get; }

    /// <summary>Delivers what the function returned, after all middleware; null where nothing is delivered.</summary>
    public Func<Invocation, Task>? WriteResult { get; }

    /// <summary>Binds the parameters, makes an instance from the invocation's services and calls the method.</summary>
    public async Task ExecuteAsync(Invocation invocation)
    {
        var arguments = binders.Length == 0 ? [] : new object?[binders.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await binders[i](invocation);
        }

        var instance = create(invocation.InstanceServices, []);
        try
        {
            invocation.Result = await call(instance, arguments);
        }
        finally
        {
            switch (instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
                default:
                    break;
            }
        }
    }
}
