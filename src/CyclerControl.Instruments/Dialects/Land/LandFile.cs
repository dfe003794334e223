using CyclerControl.Core.Channels;
using Microsoft.Win32.SafeHandles;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>
/// One followed file. Opened for each look, read-only and sharing everything, so that the vendor's software is never in its way; nothing is ever written. A
/// file that was written anew with the same beginning and more records is the same file: that is how exports grow.
/// </summary>
/// <param name="path">Full path.</param>
/// <param name="scale">Of a <c>.cex</c> file.</param>
/// <param name="clock">For <paramref name="patience"/> only.</param>
/// <param name="patience">
/// How long a file may be locked, away, shorter or otherwise than it was before that is believed: while it is written anew it may be each of these. Nothing
/// is read of it meanwhile.
/// </param>
internal sealed class LandFile(string path, LandFormat format, CexScale scale, IClock clock, TimeSpan patience)
{
    /// <summary>Longer than any block of zeros in a sound file.</summary>
    private const int ChunkBytes = 128 * 1024;

    /// <summary>Of one look; a long file is caught up with in several.</summary>
    private const int MostBytes = 8 * ChunkBytes;

    private const int UnitBytes = 16;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private FileAnchor _anchor = new(format);
    private ILandParser _parser = LandFormats.ParserOf(format, scale);
    private long? _wrongSince;
    private (LandFileState State, string Message)? _forGood;

    public string Name { get; } = Path.GetFileName(path);

    /// <summary>Null until its bytes were there.</summary>
    public LandHead? Head { get; private set; }

    /// <summary>What is kept for a restart of ours (<see cref="LandHead.IsOf"/>); null until <see cref="Head"/> is known.</summary>
    public string? Ticket => Head?.Ticket(Name);

    /// <summary>Records that were read so far.</summary>
    public long Records => _parser.Count;

    /// <summary>What was odd and did no harm; a sentence each.</summary>
    public IReadOnlyList<string> Remarks => _parser.Remarks;

    /// <summary>When it was last changed, by the clock of its file system; null where it cannot be asked.</summary>
    public DateTimeOffset? LastWriteUtc
    {
        get
        {
            try
            {
                var at = File.GetLastWriteTimeUtc(path);
                return at.Year > 1601 ? new DateTimeOffset(at, TimeSpan.Zero) : null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Records behind a known one. Bounded work; throws nothing for what is wrong with the file.</summary>
    /// <param name="afterNumber">Of the last record that is known; 0: from the beginning. Where that is not the last that was given, the file is read again.</param>
    /// <param name="rows">At least one long.</param>
    public LandPage Read(long afterNumber, Span<LandRow> rows)
    {
        if (_forGood is { } end)
        {
            return new LandPage(0, More: false, end.State, end.Message);
        }

        if (afterNumber != Math.Max(_parser.Count, _parser.GiveAfter))
        {
            _anchor = new FileAnchor(format);
            _parser = LandFormats.ParserOf(format, scale);
            _parser.GiveAfter = afterNumber;
        }

        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Follow(handle, rows);
        }
        catch (FileNotFoundException)
        {
            return Wait(LandFileState.Gone, $"'{Name}' is not there any more");
        }
        catch (DirectoryNotFoundException)
        {
            return Unreachable($"the folder of '{path}' is not there; is the share mounted?");
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return Wait(LandFileState.Unreachable, $"'{Name}' is held by another program: {failure.Message.TrimEnd('.')}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Unreachable($"'{path}' cannot be read: {failure.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Sharing and lock violations of Windows; a lock of another process on Linux.</summary>
    private static bool IsHeld(IOException failure) => failure.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11;

    private static LandPage Unreachable(string message) => new(0, More: false, LandFileState.Unreachable, message);

    private LandPage Follow(SafeFileHandle handle, Span<LandRow> rows)
    {
        var length = RandomAccess.GetLength(handle);
        if (_anchor.Change(handle, length, withTail: _parser.Count > 0) is { } change)
        {
            return Wait(LandFileState.Replaced, $"'{Name}' {change}");
        }

        var count = 0;
        var last = Math.Min(length, _anchor.Position + MostBytes);
        var isWritten = true;
        var isFull = false;
        while (!isFull && isWritten && _anchor.Position < last && _parser.Problem is null)
        {
            var bytes = RandomAccess.Read(handle, _chunk, _anchor.Position);
            var written = Written(_chunk.AsSpan(0, bytes));
            count += _parser.Take(_chunk.AsSpan(0, written), rows[count..], out var used);
            _anchor.Add(_chunk.AsSpan(0, used));
            isFull = used < written;
            isWritten = written == bytes && bytes > 0;
        }

        if (_parser.Problem is { } problem)
        {
            return Believe(count, LandFileState.Unreadable, $"'{Name}', {problem}");
        }

        if (Head is { } known && _parser.Head is { } head && head != known)
        {
            return Believe(0, LandFileState.Replaced, $"'{Name}' is of another test now: {head.Ticket(Name)}, and it was {known.Ticket(Name)}");
        }

        Head ??= _parser.Head;
        var more = isFull || (isWritten && _anchor.Position < length);
        if (!more && _parser.Count < _parser.GiveAfter)
        {
            return Wait(LandFileState.Replaced, FormattableString.Invariant($"'{Name}' has {_parser.Count} records, and {_parser.GiveAfter} of it are known: it was cut, or is another one"));
        }

        _wrongSince = null;
        return new LandPage(count, more, LandFileState.Growing, more || count > 0 ? null : Oddity(isWritten));
    }

    private string? Oddity(bool isWritten) =>
        _parser.Count == 0 ? $"'{Name}' holds no record yet"
        : isWritten ? null
        : FormattableString.Invariant($"'{Name}' holds only zeros from byte {_anchor.Position} on: not written yet, or damaged");

    /// <summary>A file may get its length before its contents: zeros at the end are not taken for records.</summary>
    private int Written(ReadOnlySpan<byte> bytes)
    {
        var written = bytes.LastIndexOfAnyExcept((byte)0) + 1;
        if (format != LandFormat.Cex || written == 0)
        {
            return written;
        }

        var unfinished = (int)((_anchor.Position + written) % UnitBytes);
        return Math.Min(bytes.Length, written + (unfinished == 0 ? 0 : UnitBytes - unfinished));
    }

    private LandPage Wait(LandFileState state, string message)
    {
        var now = clock.NowNanoseconds;
        _wrongSince ??= now;
        return (now - _wrongSince.Value) * 1e-9 < patience.TotalSeconds ? new LandPage(0, More: false, LandFileState.Growing, message)
            : state == LandFileState.Replaced ? Believe(0, state, message)
            : new LandPage(0, More: false, state, message);
    }

    private LandPage Believe(int count, LandFileState state, string message)
    {
        _forGood = (state, message);
        return new LandPage(count, More: false, state, message);
    }
}
