using System.Buffers.Text;

namespace CyclerControl.Instruments.Framing;

/// <summary>Definite-length arbitrary blocks, <c>#&lt;n&gt;&lt;length&gt;&lt;bytes&gt;</c> and the terminator (IEEE 488.2, 8.7.9).</summary>
/// <remarks><c>#0</c>, the indefinite form, ends with an END signal that a socket does not have: refused.</remarks>
public static class DefiniteBlock
{
    /// <param name="received">All bytes since the question was sent.</param>
    /// <param name="terminator">What ends the message behind the block.</param>
    /// <param name="maxLength">Longest payload accepted, bytes.</param>
    public static Frame Find(ReadOnlySpan<byte> received, ReadOnlySpan<byte> terminator, int maxLength)
    {
        if (received.IsEmpty)
        {
            return new Frame(FrameState.Incomplete, 0, 0);
        }

        if (received[0] != (byte)'#' || (received.Length > 1 && received[1] is < (byte)'1' or > (byte)'9'))
        {
            return new Frame(FrameState.Malformed, 0, 0);
        }

        var digits = received.Length > 1 ? received[1] - '0' : 9;
        var start = 2 + digits;
        if (received.Length < start)
        {
            return new Frame(FrameState.Incomplete, 0, 0);
        }

        var header = received[2..start];
        if (header.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !Utf8Parser.TryParse(header, out int length, out var used) || used != digits || length > maxLength)
        {
            return new Frame(FrameState.Malformed, 0, 0);
        }

        var end = start + length;
        if (received.Length < end + terminator.Length)
        {
            var tail = received.Length > end ? received[end..] : [];
            return new Frame(terminator.StartsWith(tail) ? FrameState.Incomplete : FrameState.Malformed, 0, 0);
        }

        if (!received[end..].StartsWith(terminator))
        {
            return new Frame(FrameState.Malformed, 0, 0);
        }

        return new Frame(end + terminator.Length == received.Length ? FrameState.Complete : FrameState.TooMuch, start, length);
    }
}
