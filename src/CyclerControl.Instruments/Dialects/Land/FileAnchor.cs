using Microsoft.Win32.SafeHandles;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>Beginning and end of what was read of a file: whether it is still in it.</summary>
internal sealed class FileAnchor(LandFormat format)
{
    private const int HeadBytes = 64;
    private const int TailBytes = 16;

    /// <summary>In the header of a <c>.cex</c> file only what it is, whose and from when stays as it is for certain.</summary>
    private static readonly Range[] s_lastingOfCex = [0..4, 8..10, 16..20];

    private static readonly Range[] s_lastingOfText = [0..HeadBytes];
    private readonly byte[] _head = new byte[HeadBytes];
    private readonly byte[] _tail = new byte[TailBytes];
    private readonly byte[] _found = new byte[HeadBytes];
    private int _headBytes;
    private int _tailBytes;

    /// <summary>Bytes that were read in all.</summary>
    public long Position { get; private set; }

    /// <param name="bytes">Those behind the last ones.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var head = Math.Min(HeadBytes - _headBytes, bytes.Length);
        bytes[..head].CopyTo(_head.AsSpan(_headBytes));
        _headBytes += head;
        var last = bytes[^Math.Min(TailBytes, bytes.Length)..];
        var kept = Math.Min(_tailBytes, TailBytes - last.Length);
        _tail.AsSpan(_tailBytes - kept, kept).CopyTo(_tail);
        last.CopyTo(_tail.AsSpan(kept));
        _tailBytes = kept + last.Length;
        Position += bytes.Length;
    }

    /// <param name="withTail">Records were read, and what stands behind the first of them is never written again.</param>
    /// <returns>What is otherwise; null: nothing.</returns>
    public string? Change(SafeFileHandle handle, long length, bool withTail)
    {
        var found = _found.AsSpan(0, RandomAccess.Read(handle, _found.AsSpan(0, _headBytes), 0));
        foreach (var range in format == LandFormat.Cex ? s_lastingOfCex : s_lastingOfText)
        {
            var ours = Part(_head.AsSpan(0, _headBytes), range);
            var theirs = Part(found, range);
            if (!ours[..Math.Min(ours.Length, theirs.Length)].SequenceEqual(theirs))
            {
                return "begins otherwise than when it was read: it is of another test now";
            }
        }

        if (length < Position)
        {
            return FormattableString.Invariant($"is {length} bytes long, and {Position} were read of it: it was cut, or is another one");
        }

        if (withTail)
        {
            found = _found.AsSpan(0, RandomAccess.Read(handle, _found.AsSpan(0, _tailBytes), Position - _tailBytes));
            if (!found.SequenceEqual(_tail.AsSpan(0, _tailBytes)))
            {
                return FormattableString.Invariant($"is otherwise before byte {Position} than when it was read: it was altered, or is another one");
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, Range range) =>
        bytes[Math.Min(range.Start.Value, bytes.Length)..Math.Min(range.End.Value, bytes.Length)];
}
