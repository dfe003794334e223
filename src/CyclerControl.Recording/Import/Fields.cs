using System.Text;

namespace CyclerControl.Recording.Import;

/// <summary>The fields of a line: between separators, without spaces around them and without quotes.</summary>
internal static class Fields
{
    /// <summary>What may stand between fields, the rarest in other roles first.</summary>
    public static ReadOnlySpan<byte> Separators => "\t;,"u8;

    /// <summary>The next field and what is left of the line; false after the last.</summary>
    /// <param name="offset">Where the rest begins; -1 after the last field.</param>
    public static bool Next(ReadOnlySpan<byte> line, byte separator, ref int offset, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (offset < 0)
            return false;
        var rest = line[offset..];
        var skipped = 0;
        while (skipped < rest.Length && rest[skipped] == (byte)' ')
            skipped++;
        if (skipped < rest.Length && rest[skipped] == (byte)'"')
        {
            var close = Close(rest, skipped + 1);
            var after = rest[close..].IndexOf(separator);
            field = rest[(skipped + 1)..close].Trim((byte)' ');
            offset = after < 0 ? -1 : offset + close + after + 1;
            return true;
        }

        var length = rest.IndexOf(separator);
        field = (length < 0 ? rest : rest[..length]).Trim(" \t"u8);
        offset = length < 0 ? -1 : offset + length + 1;
        return true;
    }

    public static int Count(ReadOnlySpan<byte> line, byte separator)
    {
        var count = 0;
        for (var offset = 0; Next(line, separator, ref offset, out _);)
            count++;
        return count;
    }

    /// <summary>All fields as text; bytes that are no UTF-8 are taken as Latin-1 (a micro sign of an old Windows program).</summary>
    public static List<string> Texts(ReadOnlySpan<byte> line, byte separator)
    {
        var texts = new List<string>();
        for (var offset = 0; Next(line, separator, ref offset, out var field);)
            texts.Add(Text(field));
        return texts;
    }

    public static string Text(ReadOnlySpan<byte> bytes) =>
        (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).Replace("\"\"", "\"", StringComparison.Ordinal);

    private static int Close(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length)
        {
            var quote = text[from..].IndexOf((byte)'"');
            if (quote < 0)
                return text.Length;
            from += quote;
            if (from + 1 >= text.Length || text[from + 1] != (byte)'"')
                return from;
            from += 2;
        }

        return text.Length;
    }
}
