namespace CyclerControl.Instruments.Framing;

/// <summary>What the bytes received so far amount to.</summary>
public enum FrameState : byte
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>Exactly one message.</summary>
    Complete,

    /// <summary>One message, and bytes behind it that nobody asked for.</summary>
    TooMuch,

    /// <summary>Not a message, whatever follows.</summary>
    Malformed,
}

/// <summary>A message within the bytes received.</summary>
/// <param name="State">What the bytes amount to.</param>
/// <param name="Start">Where its payload starts.</param>
/// <param name="Length">Length of its payload.</param>
public readonly record struct Frame(FrameState State, int Start, int Length);

/// <summary>Messages that end in a terminator. A carriage return before a line feed belongs to the terminator.</summary>
public static class LineFraming
{
    /// <param name="received">All bytes since the question was sent.</param>
    /// <param name="alreadyScanned">How many of them an earlier call has seen.</param>
    /// <param name="terminator">One or two bytes.</param>
    public static Frame Find(ReadOnlySpan<byte> received, int alreadyScanned, ReadOnlySpan<byte> terminator)
    {
        var from = Math.Max(0, alreadyScanned - terminator.Length + 1);
        var at = received[from..].IndexOf(terminator);
        if (at < 0)
        {
            return new Frame(FrameState.Incomplete, 0, 0);
        }

        var end = from + at;
        var length = end > 0 && terminator[0] == (byte)'\n' && received[end - 1] == (byte)'\r' ? end - 1 : end;
        return new Frame(end + terminator.Length == received.Length ? FrameState.Complete : FrameState.TooMuch, 0, length);
    }
}
