using System.Globalization;
using System.Text;

namespace CyclerControl.Instruments.Sessions;

/// <summary>The last exchanges of a link, for the message that explains what went wrong. Writing allocates nothing.</summary>
public sealed class WireLog
{
    private const int BytesKept = 200;

    private readonly Entry[] _entries;
    private long _count;

    /// <param name="capacity">Exchanges kept; at least 1.</param>
    public WireLog(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _entries = new Entry[capacity];
        for (var i = 0; i < capacity; i++)
        {
            _entries[i] = new Entry(new byte[BytesKept], new byte[BytesKept]);
        }
    }

    public void Sent(long timeNanoseconds, ReadOnlySpan<byte> message)
    {
        ref var entry = ref _entries[_count++ % _entries.Length];
        entry.TimeNanoseconds = timeNanoseconds;
        entry.SentLength = message.Length;
        entry.ReceivedLength = 0;
        entry.Outcome = null;
        message[..Math.Min(BytesKept, message.Length)].CopyTo(entry.Sent);
    }

    /// <param name="bytes">What came.</param>
    /// <param name="outcome">A constant text where the exchange failed; else null.</param>
    public void Received(ReadOnlySpan<byte> bytes, string? outcome)
    {
        if (_count == 0)
        {
            return;
        }

        ref var entry = ref _entries[(_count - 1) % _entries.Length];
        entry.ReceivedLength = bytes.Length;
        entry.Outcome = outcome;
        bytes[..Math.Min(BytesKept, bytes.Length)].CopyTo(entry.Received);
    }

    /// <summary>Oldest first: <c>12.345 s: 'MEAS? (@1)' -> '+1.0,+2.0'</c>.</summary>
    public IReadOnlyList<string> Read()
    {
        var lines = new List<string>();
        for (var i = Math.Max(0, _count - _entries.Length); i < _count; i++)
        {
            ref readonly var entry = ref _entries[i % _entries.Length];
            var outcome = entry.Outcome is null ? "" : $" ({entry.Outcome})";
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.TimeNanoseconds * 1e-9:0.000} s: ")
                + $"{Printable(entry.Sent, entry.SentLength)} -> {Printable(entry.Received, entry.ReceivedLength)}{outcome}");
        }

        return lines;
    }

    /// <summary>Quoted text with control and non-ASCII bytes escaped: what a device sends is never trusted.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes) => Printable(bytes, bytes.Length);

    private static string Printable(ReadOnlySpan<byte> bytes, int fullLength)
    {
        var shown = bytes[..Math.Min(Math.Min(bytes.Length, fullLength), BytesKept)];
        var text = new StringBuilder("'");
        foreach (var value in shown)
        {
            _ = value switch
            {
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7F => text.Append((char)value),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}"),
            };
        }

        text.Append('\'');
        return fullLength > shown.Length
            ? text.Append(CultureInfo.InvariantCulture, $" ... ({fullLength} bytes)").ToString()
            : text.ToString();
    }

    private record struct Entry(byte[] Sent, byte[] Received)
    {
        public long TimeNanoseconds { get; set; }

        public int SentLength { get; set; }

        public int ReceivedLength { get; set; }

        public string? Outcome { get; set; }
    }
}
