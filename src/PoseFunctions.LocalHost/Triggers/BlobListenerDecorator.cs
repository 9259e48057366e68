using Microsoft.Azure.WebJobs.Host.Listeners;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>
/// Starts and stops the blob listeners of an app one after the other. WebJobs does it side by side, but all of them stand
/// for one listener that they share, which takes a second call while the first still runs for a mistake.
/// </summary>
internal sealed class BlobListenerDecorator(IEnumerable<FunctionDeclaration> functions) : IListenerDecorator, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    private readonly HashSet<string> blobFunctions =
        [.. functions.Where(function => function.Trigger is BlobTriggerBinding).Select(function => function.Name)];

    public IListener Decorate(ListenerDecoratorContext context) =>
        blobFunctions.Contains(context.FunctionDefinition.Descriptor.ShortName.Split('.')[^1])
            ? new InTurnListener(context.Listener, turn)
            : context.Listener;

    public void Dispose() => turn.Dispose();

    private sealed class InTurnListener(IListener listener, SemaphoreSlim turn) : IListener
    {
        public Task StartAsync(CancellationToken cancellationToken) => InTurnAsync(listener.StartAsync, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => InTurnAsync(listener.StopAsync, cancellationToken);

        public void Cancel() => listener.Cancel();

        public void Dispose() => listener.Dispose();

        private async Task InTurnAsync(Func<CancellationToken, Task> change, CancellationToken cancellationToken)
        {
            await turn.WaitAsync(cancellationToken);
            try
            {
                await change(cancellationToken);
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
