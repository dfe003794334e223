namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>How far a reply has come.</summary>
internal enum BtsFrameState : byte
{
    Partial,
    Complete,

    /// <summary>Something follows the end of the reply, though nothing more was asked.</summary>
    TooMuch,
}

/// <summary>Where a reply of the BTS program ends: at <c>&lt;/bts&gt;</c>; what stands between it and the <c>#</c> line behind is thrown away.</summary>
/// <param name="Length">Bytes of the document when it is complete; else those among which the next look need not search.</param>
internal readonly record struct BtsFrame(BtsFrameState State, int Length)
{
    /// <summary>What is sent behind each message. The program itself ends its replies so, and takes it as well as <c>#\r\n</c> alone.</summary>
    public static ReadOnlySpan<byte> Terminator => "\n\n#\r\n"u8;

    private static ReadOnlySpan<byte> LastTag => "</bts>"u8;

    private static ReadOnlySpan<byte> EndLine => "#\r\n"u8;

    /// <param name="received">Everything since the question.</param>
    /// <param name="searched">What the last look said need not be searched again; 0 at the first.</param>
    public static BtsFrame Find(ReadOnlySpan<byte> received, int searched)
    {
        var tag = received[searched..].IndexOf(LastTag);
        if (tag < 0)
        {
            return new BtsFrame(BtsFrameState.Partial, Math.Max(searched, received.Length - LastTag.Length + 1));
        }

        var length = searched + tag + LastTag.Length;
        var line = received[length..].IndexOf(EndLine);
        return line < 0 ? new BtsFrame(BtsFrameState.Partial, searched + tag)
            : length + line + EndLine.Length == received.Length ? new BtsFrame(BtsFrameState.Complete, length)
            : new BtsFrame(BtsFrameState.TooMuch, length);
    }
}
