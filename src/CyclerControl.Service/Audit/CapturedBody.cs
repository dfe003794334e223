namespace CyclerControl.Service.Audit;

/// <summary>Keeps the beginning of a body while an endpoint reads it.</summary>
internal sealed class CapturedBody(Stream body) : Stream
{
    /// <summary>Bytes of a body that are looked at for the audit log.</summary>
    private const int Most = 16 << 10;

    private readonly MemoryStream _seen = new();

    public ReadOnlySpan<byte> Seen => _seen.GetBuffer().AsSpan(0, (int)_seen.Length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what nobody has read, as far as it is kept.</summary>
    public async Task ReadOnAsync(CancellationToken stop)
    {
        var buffer = new byte[4096];
        while (_seen.Length < Most && await ReadAsync(buffer, stop) > 0)
        {
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = body.Read(buffer, offset, count);
        Keep(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> bytes) => _seen.Write(bytes[..Math.Min(bytes.Length, Most - (int)_seen.Length)]);
}
