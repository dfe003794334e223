namespace CyclerControl.Simulation.Wire;

/// <summary>Cuts received bytes into messages that end in a line feed; a carriage return before it is dropped.</summary>
/// <param name="returnEnds">A carriage return ends a message too: serial instruments take either, and an empty message is none.</param>
internal sealed class LineSplitter(bool returnEnds = false)
{
    public const int MaxLength = 8192;
    private readonly byte[] _buffer = new byte[MaxLength];
    private int _length;
    private int _next;
    private bool _overrun;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Span<byte> Free
    {
        get
        {
            if (_next > 0)
            {
                _buffer.AsSpan(_next, _length - _next).CopyTo(_buffer);
                _length -= _next;
                _next = 0;
            }

            if (_length == _buffer.Length)
            {
                _overrun = true;
                _length = 0;
            }

            return _buffer.AsSpan(_length);
        }
    }

    public void Received(int count) => _length += count;

    /// <param name="message">Without terminator; valid until <see cref="Free"/> is asked for.</param>
    /// <param name="overrun">True when this message was longer than the buffer: its rest is here, its beginning is lost.</param>
    public bool TryTake(out ReadOnlySpan<byte> message, out bool overrun)
    {
        var rest = _buffer.AsSpan(_next, _length - _next);
        var end = returnEnds ? rest.IndexOfAny((byte)'\n', (byte)'\r') : rest.IndexOf((byte)'\n');
        overrun = _overrun;
        if (end < 0)
        {
            message = default;
            return false;
        }

        message = end > 0 && rest[end - 1] == (byte)'\r' ? rest[..(end - 1)] : rest[..end];
        _next += end + 1;
        _overrun = false;
        return true;
    }
}
