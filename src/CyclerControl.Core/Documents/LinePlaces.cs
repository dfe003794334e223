using System.Text;

namespace CyclerControl.Core.Documents;

/// <summary>Byte offsets of a UTF-8 text to lines and columns, both 1-based; a column counts characters.</summary>
internal sealed class LinePlaces
{
    private readonly byte[] _bytes;
    private readonly List<int> _starts = [0];

    public LinePlaces(byte[] bytes)
    {
        _bytes = bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n' && i + 1 < bytes.Length)
            {
                _starts.Add(i + 1);
            }
        }
    }

    public int Lines => _starts.Count;

    public (int Line, int Column) Of(int offset)
    {
        var index = _starts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, ColumnOf(line, offset - _starts[line]));
    }

    /// <param name="line">0-based.</param>
    /// <param name="bytesInLine">Bytes before the place.</param>
    public int ColumnOf(int line, int bytesInLine)
    {
        var start = _starts[Math.Min(line, _starts.Count - 1)];
        var length = Math.Clamp(bytesInLine, 0, _bytes.Length - start);
        return Encoding.UTF8.GetCharCount(_bytes, start, length) + 1;
    }
}
