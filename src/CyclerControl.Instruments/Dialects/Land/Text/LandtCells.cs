using System.Text;

namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>The cells of one line, without an allocation each. Quotes around a cell hide delimiters in it.</summary>
internal sealed class LandtCells
{
    public const int Most = 64;

    private readonly (int Start, int Length)[] _cells = new (int, int)[Most];

    public int Count { get; private set; }

    /// <summary>A quote was not closed in its line.</summary>
    public bool IsOpen { get; private set; }

    /// <returns>False: more cells than <see cref="Most"/>.</returns>
    public bool Split(ReadOnlySpan<byte> line, byte delimiter)
    {
        Count = 0;
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (i == line.Length || (line[i] == delimiter && !isQuoted))
            {
                if (Count == Most)
                {
                    return false;
                }

                _cells[Count++] = (start, i - start);
                start = i + 1;
            }
        }

        IsOpen = isQuoted;
        return true;
    }

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, int cell)
    {
        var text = line.Slice(_cells[cell].Start, _cells[cell].Length).Trim(" \t"u8);
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Trim(" \t"u8) : text;
    }

    /// <summary>Cells without the empty ones at the end.</summary>
    public int CountFilled(ReadOnlySpan<byte> line)
    {
        var count = Count;
        while (count > 0 && Of(line, count - 1).IsEmpty)
        {
            count--;
        }

        return count;
    }

    /// <summary>For messages: no more than a person reads, and nothing that a terminal takes for a command.</summary>
    public static string Shown(ReadOnlySpan<byte> cell)
    {
        var text = new StringBuilder();
        foreach (var letter in cell[..Math.Min(cell.Length, 40)])
        {
            _ = text.Append(letter is >= 0x20 and < 0x7F ? (char)letter : '?');
        }

        return cell.Length > 40 ? $"{text}..." : text.ToString();
    }
}
