namespace PoseFunctions.Storage.Blobs;

/// <summary>
/// The bytes of a blob from any position on: as they arrive from the start, and anew where somebody goes elsewhere before reading.
/// </summary>
/// <param name="start">The bytes from the start, not read yet.</param>
/// <param name="length">How many there are.</param>
/// <param name="openAt">Fetches the bytes from a position on, of the same version.</param>
internal sealed class RangedReadStream(Stream start, long length, Func<long, CancellationToken, Task<Stream>> openAt) : Stream
{
    private Stream content = start;
    private long contentPosition;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length)
        {
            return 0;
        }

        if (Position != contentPosition)
        {
            await content.DisposeAsync().ConfigureAwait(false);
            content = await openAt(Position, cancellationToken).ConfigureAwait(false);
            contentPosition = Position;
        }

        var read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Position = contentPosition += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Blobs are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
