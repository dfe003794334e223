using System.Text;
using CyclerControl.Client.Security;

namespace CyclerControl.Service.Audit;

/// <summary>The end of the audit log: lines are put behind the last one, and are durable when <see cref="Append"/> returns. One thread.</summary>
internal sealed class AuditFile : IDisposable
{
    private const int LongestTail = 1 << 20;
    private const int LongestEvidence = 500;

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private string _previous = AuditLine.Beginning;
    private long _seq;

    private AuditFile(Stream stream, TimeProvider time)
    {
        _stream = stream;
        _time = time;
    }

    /// <summary>Finds the end of the chain. What a crash tore is cut off and kept as evidence in a line that says so.</summary>
    public static AuditFile Open(Stream stream, TimeProvider time)
    {
        var file = new AuditFile(stream, time);
        try
        {
            file.FindEnd();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens or makes the file on disk, for its owner only.</summary>
    public static Stream OpenDisk(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    public void Append(IEnumerable<AuditEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            var (line, hash) = AuditLine.Write(entry with { Seq = ++_seq, Previous = _previous });
            _previous = hash;
            text.Append(line).Append('\n');
        }

        _stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        if (_stream is FileStream file)
        {
            file.Flush(flushToDisk: true);
        }
        else
        {
            _stream.Flush();
        }
    }

    public void Dispose() => _stream.Dispose();

    private void FindEnd()
    {
        var (lines, torn) = Tail();
        if (torn.Length > 0)
        {
            _stream.SetLength(_stream.Length - torn.Length);
        }

        _stream.Seek(0, SeekOrigin.End);
        string? problem = null;
        if (lines.Count > 0)
        {
            var last = AuditLine.Read(lines[^1], out var words);
            problem = last is null ? $"the last line {words}; a new chain begins here" : null;
            _previous = last?.Hash ?? AuditLine.Beginning;
            _seq = last?.Seq ?? 0;
        }

        if (problem is not null)
        {
            Append([new AuditEntry { Utc = _time.GetUtcNow(), What = "chain broken", Details = problem }]);
        }

        if (torn.Length > 0)
        {
            var evidence = Encoding.UTF8.GetString(torn, 0, Math.Min(torn.Length, LongestEvidence));
            Append([new AuditEntry { Utc = _time.GetUtcNow(), What = "torn line cut off", Details = $"{torn.Length} bytes: {evidence}" }]);
        }
    }

    /// <summary>The last whole lines, and what stands behind the last line end.</summary>
    private (List<string> Lines, byte[] Torn) Tail()
    {
        var start = Math.Max(0, _stream.Length - LongestTail);
        _stream.Seek(start, SeekOrigin.Begin);
        var bytes = new byte[_stream.Length - start];
        _stream.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        return ([.. Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries)], bytes[end..]);
    }
}
