using System.Buffers.Text;

namespace CyclerControl.Simulation.Wire;

/// <summary>Reads the parameters of a command. Nothing is allocated.</summary>
internal static class Parameter
{
    public const int MaxChannels = 64;

    /// <summary>A finite decimal number and nothing else.</summary>
    public static ScpiError Number(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return ScpiError.MissingParameter;
        }

        if (text[0] == (byte)'+')
        {
            text = text[1..];
        }

        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && double.IsFinite(value)
            ? ScpiError.None
            : ScpiError.DataType;
    }

    /// <summary>ON, OFF, 1 or 0.</summary>
    public static ScpiError Switch(ReadOnlySpan<byte> text, out bool value)
    {
        value = Is(text, "ON"u8) || Is(text, "1"u8);
        return text.IsEmpty ? ScpiError.MissingParameter
            : value || Is(text, "OFF"u8) || Is(text, "0"u8) ? ScpiError.None
            : ScpiError.DataType;
    }

    /// <summary>True when the text is this word in any case; the word is given in upper case.</summary>
    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        System.Text.Ascii.EqualsIgnoreCase(text, word);

    /// <summary>Splits <c>value,(@list)</c>: the value before the list, empty where there is none.</summary>
    /// <param name="channels">At least <see cref="MaxChannels"/> long.</param>
    /// <param name="present">How many channels the instrument has, from 1.</param>
    public static ScpiError ChannelList(
        ReadOnlySpan<byte> parameters, Span<int> channels, int present, out ReadOnlySpan<byte> value, out int count)
    {
        count = 0;
        var open = parameters.IndexOf("(@"u8);
        value = open < 0 ? parameters : parameters[..open].TrimEnd(" \t"u8);
        if (open < 0)
        {
            return ScpiError.MissingParameter;
        }

        if (!value.IsEmpty)
        {
            if (value[^1] != (byte)',')
            {
                return ScpiError.DataType;
            }

            value = value[..^1].TrimEnd(" \t"u8);
        }

        var list = parameters[(open + 2)..];
        if (list.IsEmpty || list[^1] != (byte)')')
        {
            return ScpiError.DataType;
        }

        list = list[..^1];
        while (true)
        {
            var comma = list.IndexOf((byte)',');
            var error = Span(comma < 0 ? list : list[..comma], channels, present, ref count);
            if (error != ScpiError.None || comma < 0)
            {
                return error;
            }

            list = list[(comma + 1)..];
        }
    }

    private static ScpiError Span(ReadOnlySpan<byte> text, Span<int> channels, int present, ref int count)
    {
        var colon = text.IndexOf((byte)':');
        var first = (colon < 0 ? text : text[..colon]).Trim(" \t"u8);
        var last = (colon < 0 ? text : text[(colon + 1)..]).Trim(" \t"u8);
        if (!Utf8Parser.TryParse(first, out int from, out var used) || used != first.Length
            || !Utf8Parser.TryParse(last, out int to, out used) || used != last.Length)
        {
            return ScpiError.DataType;
        }

        if (from < 1 || from > present || to < from || to > present)
        {
            return ScpiError.DataOutOfRange;
        }

        for (var channel = from; channel <= to; channel++)
        {
            if (count == channels.Length)
            {
                return ScpiError.DataOutOfRange;
            }

            channels[count++] = channel;
        }

        return ScpiError.None;
    }
}
