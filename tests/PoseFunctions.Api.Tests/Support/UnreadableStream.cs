using PoseFunctions.Core.Failures;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>Bytes that storage stops to deliver.</summary>
internal sealed class UnreadableStream(Stream content, int after = 0) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => content.CanSeek;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => content.Position < after
        ? content.Read(buffer, offset, count)
        : throw new InfrastructureException("storage is away", isTransient: true);

    public override long Seek(long offset, SeekOrigin origin) => content.Seek(offset, origin);

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
