using System.Net.Sockets;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>What host and worker say to each other before the first function can run.</summary>
internal sealed class WorkerHandshake(FunctionApp app, WorkerChannel channel, TimeProvider time)
{
    private const string HttpCapability = "HttpUri";

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(20);

    /// <returns>Where the worker takes HTTP requests; null where it takes none.</returns>
    /// <exception cref="WorkerStartException">It refuses, or cannot do what the app needs.</exception>
    /// <exception cref="WorkerLostException">It ended.</exception>
    public async Task<Uri?> RunAsync(CancellationToken cancellationToken)
    {
        await channel.Connected.WaitAsync(cancellationToken);
        var capabilities = await InitializeAsync(cancellationToken);
        foreach (var function in await DescribeAsync(cancellationToken))
        {
            await LoadAsync(function, cancellationToken);
        }

        return app.ServesHttp ? await ReachHttpAsync(capabilities, cancellationToken) : null;
    }

    private async Task<IDictionary<string, string>> InitializeAsync(CancellationToken cancellationToken)
    {
        var request = new WorkerInitRequest { HostVersion = "4.0.0", WorkerDirectory = app.Folder, FunctionAppDirectory = app.Folder };
        var answer = await AskAsync(new() { WorkerInitRequest = request }, cancellationToken);
        Check(answer.WorkerInitResponse.Result, "it cannot start");
        return answer.WorkerInitResponse.Capabilities;
    }

    private async Task<IEnumerable<RpcFunctionMetadata>> DescribeAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = app.Folder } }, cancellationToken);
        Check(answer.FunctionMetadataResponse.Result, "it cannot say which functions it has");
        var described = answer.FunctionMetadataResponse.FunctionMetadataResults;
        if (!described.Select(function => function.Name).ToHashSet(StringComparer.Ordinal)
            .SetEquals(app.Functions.Select(function => function.Name)))
        {
            throw new WorkerStartException(app.Name, $"its {FunctionDeclarationReader.FileName} names other functions than its worker; build it anew.");
        }

        return described;
    }

    private async Task LoadAsync(RpcFunctionMetadata function, CancellationToken cancellationToken)
    {
        // The host chooses the id; names need no map, and hold for the worker that replaces this one too.
        var request = new FunctionLoadRequest { FunctionId = function.Name, Metadata = function };
        var answer = await channel.AskAsync(new() { FunctionLoadRequest = request }, function.Name, cancellationToken);
        Check(answer.FunctionLoadResponse.Result, $"it cannot load the function {function.Name}");
    }

    /// <summary>Waits until the worker's own port is open: it speaks here before it listens there.</summary>
    private async Task<Uri> ReachHttpAsync(IDictionary<string, string> capabilities, CancellationToken cancellationToken)
    {
        if (!capabilities.TryGetValue(HttpCapability, out var text))
        {
            var function = app.Functions.First(function => function.Trigger is HttpTriggerBinding);
            throw new WorkerStartException(
                app.Name,
                $"the function {function.Name} answers HTTP without ASP.NET Core integration, which the local host does not support; call ConfigureFunctionsWebApplication.");
        }

        var address = new Uri(text);
        while (!await IsOpenAsync(address, cancellationToken))
        {
            await Task.WhenAny(channel.Closed, Task.Delay(ProbeInterval, time, cancellationToken));
            if (channel.Closed.IsCompleted)
            {
                throw new WorkerLostException(app.Name);
            }
        }

        return address;
    }

    private static async Task<bool> IsOpenAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(address.Host, address.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken) =>
        channel.AskAsync(question, Guid.NewGuid().ToString(), cancellationToken);

    private void Check(StatusResult result, string failure)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new WorkerStartException(app.Name, $"{failure}: {result.Exception?.Message}");
        }
    }
}
