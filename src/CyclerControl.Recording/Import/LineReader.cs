namespace CyclerControl.Recording.Import;

/// <summary>Cuts bytes into lines, whatever ends them (LF, CRLF, CR), without copying them more than once.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>No table of measurements has longer lines.</summary>
    public const int LongestLine = 1 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool atEnd;
    private bool afterReturn;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>A line was longer than <see cref="LongestLine"/>: nothing more is read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The line that was read last ended at the end of the file, without a line end.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>The next line without its end; valid until the next call.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            if (afterReturn && start < end)
            {
                start += buffer[start] == (byte)'\n' ? 1 : 0;
                afterReturn = false;
            }

            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                line = buffer.AsSpan(start, searched + found);
                start += searched + found;
                afterReturn = buffer[start++] == (byte)'\r';
                Line++;
                return true;
            }

            searched = end - start;
            if (!atEnd && searched <= LongestLine)
            {
                Fill();
                continue;
            }

            IsTooLong = searched > LongestLine;
            IsUnfinished = true;
            line = IsTooLong ? default : buffer.AsSpan(start, searched);
            start = end;
            Line += searched > 0 ? 1 : 0;
            return searched > 0 && !IsTooLong;
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
            Array.Resize(ref buffer, 2 * buffer.Length);
        var count = stream.Read(buffer, end, buffer.Length - end);
        atEnd = count == 0;
        end += count;
    }
}
