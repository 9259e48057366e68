using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PoseFunctions.Testing.Azurite;

/// <summary>A wire to one port of the emulator that can be cut and mended: storage that is away, and comes back with its data.</summary>
public sealed class StorageWire : IAsyncDisposable
{
    private readonly int emulator;
    private readonly ConcurrentDictionary<TcpClient, Task> clients = new();
    private TcpListener listener = new(IPAddress.Loopback, 0);
    private Task accepting;

    /// <param name="emulator">The emulator's port.</param>
    public StorageWire(int emulator)
    {
        this.emulator = emulator;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(listener);
    }

    /// <summary>This end of the wire.</summary>
    public int Port { get; }

    /// <summary>Ends every connection and takes no new one.</summary>
    public async Task CutAsync()
    {
        listener.Stop();
        await accepting.ConfigureAwait(false);
        foreach (var client in clients.Keys)
        {
            client.Close();
        }

        await Task.WhenAll(clients.Values).ConfigureAwait(false);
        clients.Clear();
    }

    /// <summary>Takes connections again.</summary>
    public void Mend()
    {
        listener = new(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync().ConfigureAwait(false);
        listener.Dispose();
    }

    private async Task AcceptAsync(TcpListener open)
    {
        try
        {
            while (true)
            {
                var client = await open.AcceptTcpClientAsync().ConfigureAwait(false);
                clients[client] = CarryAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var upstream = new TcpClient();
        try
        {
            await upstream.ConnectAsync(IPAddress.Loopback, emulator).ConfigureAwait(false);
            var (near, far) = (client.GetStream(), upstream.GetStream());
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end closed it.
        }
        finally
        {
            client.Close();
        }
    }
}
