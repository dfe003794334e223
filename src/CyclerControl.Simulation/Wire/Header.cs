namespace CyclerControl.Simulation.Wire;

/// <summary>A whole header as one number: six bits a node, the first node lowest.</summary>
internal static class Header
{
    private const int Bits = 6;
    private const int MaxNodes = 5;

    public const int Unknown = 0;
    public const int Identify = Mnemonic.Identify;
    public const int ClearStatus = Mnemonic.ClearStatus;
    public const int Reset = Mnemonic.Reset;
    public const int EventStatus = Mnemonic.EventStatus;
    public const int Complete = Mnemonic.Complete;
    public const int Language = Mnemonic.Language;
    public const int NextError = Mnemonic.System | (Mnemonic.Error << Bits);
    public const int NextErrorLong = NextError | (Mnemonic.Next << (2 * Bits));
    public const int ErrorCount = NextError | (Mnemonic.Count << (2 * Bits));

    /// <summary>Nodes separated by colons, without the question mark; a leading colon is allowed.</summary>
    public static int Parse(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] == (byte)':')
        {
            text = text[1..];
        }

        var path = 0;
        for (var node = 0; node < MaxNodes; node++)
        {
            var colon = text.IndexOf((byte)':');
            var code = Mnemonic.Find(colon < 0 ? text : text[..colon]);
            if (code == Mnemonic.Unknown)
            {
                return Unknown;
            }

            path |= code << (Bits * node);
            if (colon < 0)
            {
                return path;
            }

            text = text[(colon + 1)..];
        }

        return Unknown;
    }

    public static int Path(int a, int b) => a | (b << Bits);

    /// <summary>The path without its first node.</summary>
    public static int Tail(int path) => path >> Bits;

    public static int First(int path) => path & ((1 << Bits) - 1);
}
