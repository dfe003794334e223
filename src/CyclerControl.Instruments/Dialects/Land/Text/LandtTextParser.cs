using System.Globalization;

namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>
/// Reads both exports, line by line. Lines before the header are skipped; columns are found by their names, in any order, and unknown ones ignored. A line
/// counts when its end is there.
/// </summary>
internal sealed class LandtTextParser(LandtLayout layout) : ILandParser
{
    public const int LongestLine = 8192;
    public const int MostLinesBeforeHeader = 500;

    private readonly LandRemarks _remarks = new();
    private readonly LandtCells _cells = new();
    private readonly byte[] _partial = new byte[LongestLine];
    private int _partialBytes;
    private long _line;
    private LandtHeader? _header;
    private byte[] _headerLine = [];
    private LandtRowReader? _reader;

    public LandHead? Head { get; private set; }

    public LandProblem? Problem { get; private set; }

    public IReadOnlyList<string> Remarks => _remarks.All;

    public long Count { get; private set; }

    public bool IsUnfinished => _partialBytes > 0;

    public long GiveAfter { get; set; }

    public int Take(ReadOnlySpan<byte> bytes, Span<LandRow> rows, out int used)
    {
        var count = 0;
        used = 0;
        while (used < bytes.Length && Problem is null && count < rows.Length)
        {
            var rest = bytes[used..];
            var end = rest.IndexOf((byte)'\n');
            var piece = end < 0 ? rest : rest[..end];
            if (_partialBytes + piece.Length > LongestLine)
            {
                _line++;
                Fail($"it is longer than {LongestLine} bytes, and so is no line of {LandFormats.NameOf(layout.Format)}");
                break;
            }

            used += end < 0 ? rest.Length : end + 1;
            if (end < 0 || _partialBytes > 0)
            {
                piece.CopyTo(_partial.AsSpan(_partialBytes));
                _partialBytes += piece.Length;
                piece = _partial.AsSpan(0, _partialBytes);
            }

            if (end >= 0)
            {
                _partialBytes = 0;
                _line++;
                Read(piece is [.., (byte)'\r'] ? piece[..^1] : piece, rows, ref count);
            }
        }

        return count;
    }

    private void Read(ReadOnlySpan<byte> line, Span<LandRow> rows, ref int count)
    {
        if (_line == 1)
        {
            line = line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
            if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            {
                Fail("the file is UTF-16; export it as ASCII or UTF-8");
                return;
            }
        }

        if (line.Contains((byte)0))
        {
            Fail("it holds zero bytes: it was not written to its end, or is no text");
        }
        else if (_reader is { } reader)
        {
            ReadRow(reader, line, rows, ref count);
        }
        else
        {
            ReadHeader(line);
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        _header = LandtHeader.Find(layout, _cells, line, out var problem);
        if (problem is not null)
        {
            Fail(problem);
        }
        else if (_header is not null)
        {
            _headerLine = line.ToArray();
            _reader = new LandtRowReader(_header, _cells, _remarks);
        }
        else if (_line >= MostLinesBeforeHeader)
        {
            Fail($"there is no header in {MostLinesBeforeHeader} lines; it must name {string.Join(", ", layout.Columns.Where(column => column.IsNeeded).Select(column => column.Name))}"
                + (layout.Delimiters == "\t" ? ", with tabulators between them" : ""));
        }
    }

    private void ReadRow(LandtRowReader reader, ReadOnlySpan<byte> line, Span<LandRow> rows, ref int count)
    {
        if (line.Trim(" \t"u8).IsEmpty)
        {
            return;
        }

        if (!reader.TryRead(line, Count + 1, out var row, out var problem))
        {
            Fail(problem);
            return;
        }

        Head ??= new LandHead(layout.Format, reader.Channel, null, reader.Begun, LandHead.HashOf([.. _headerLine, (byte)'\n', .. line]));
        Count++;
        if (Count > GiveAfter)
        {
            rows[count++] = row;
        }
    }

    private void Fail(string what) => Problem ??= new LandProblem($"line {_line.ToString(CultureInfo.InvariantCulture)}", what);
}
