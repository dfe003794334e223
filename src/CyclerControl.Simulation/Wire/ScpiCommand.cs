namespace CyclerControl.Simulation.Wire;

/// <summary>One command of a message: header, question mark, parameters. Points into the connection's buffer.</summary>
internal readonly ref struct ScpiCommand
{
    public ScpiCommand(ReadOnlySpan<byte> text)
    {
        Text = text;
        var end = text.IndexOfAny((byte)' ', (byte)'\t', (byte)'?');
        var header = end < 0 ? text : text[..end];
        IsQuery = end >= 0 && text[end] == (byte)'?';
        Parameters = end < 0 ? default : text[(end + 1)..].Trim(" \t"u8);
        Path = Header.Parse(header);
    }

    public ReadOnlySpan<byte> Text { get; }

    public int Path { get; }

    public bool IsQuery { get; }

    public ReadOnlySpan<byte> Parameters { get; }

    /// <summary>Cuts the first command off a message. Semicolons within quotes do not count.</summary>
    public static ReadOnlySpan<byte> TakeFirst(ref ReadOnlySpan<byte> message)
    {
        var quoted = false;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == (byte)'"')
            {
                quoted = !quoted;
            }
            else if (message[i] == (byte)';' && !quoted)
            {
                var first = message[..i];
                message = message[(i + 1)..];
                return first.Trim(" \t"u8);
            }
        }

        var all = message;
        message = default;
        return all.Trim(" \t"u8);
    }
}
