using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CyclerControl.Core.Runs;

namespace CyclerControl.Recording.Export;

/// <summary>Comma-separated text, as UTF-8, field by field, without allocation. Numbers are the shortest that read back the same.</summary>
internal sealed class TextTable(Stream output) : IDisposable
{
    private const int LongestNumber = 64;

    private readonly byte[] buffer = new byte[64 * 1024];
    private int length;
    private bool rowBegun;

    public void Field(string text)
    {
        if (text.AsSpan().ContainsAny(",\"\r\n"))
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Begin(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    /// <summary>Not a number is an empty field; there is no negative zero.</summary>
    public void Field(double value)
    {
        Begin(LongestNumber);
        if (double.IsNaN(value))
            return;
        (value + 0.0).TryFormat(buffer.AsSpan(length), out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    public void Field(long value)
    {
        Begin(LongestNumber);
        Utf8Formatter.TryFormat(value, buffer.AsSpan(length), out var written);
        length += written;
    }

    /// <summary>Nanoseconds as seconds, exactly.</summary>
    public void Seconds(long nanoseconds)
    {
        Begin(LongestNumber);
        if (nanoseconds < 0)
            buffer[length++] = (byte)'-';
        var (whole, fraction) = Math.DivRem((ulong)Math.Abs(nanoseconds), (ulong)Nanoseconds.PerSecond);
        Utf8Formatter.TryFormat(whole, buffer.AsSpan(length), out var written);
        length += written;
        if (fraction == 0)
            return;
        buffer[length++] = (byte)'.';
        Utf8Formatter.TryFormat(fraction, buffer.AsSpan(length), out written, new System.Buffers.StandardFormat('D', 9));
        length += written;
        while (buffer[length - 1] == '0')
            length--;
    }

    public void EndRow()
    {
        buffer[length++] = (byte)'\n';
        rowBegun = false;
        if (length > buffer.Length / 2)
            Flush();
    }

    public void Dispose() => Flush();

    private void Begin(int room)
    {
        if (length + room + 2 > buffer.Length)
            Flush();
        if (rowBegun)
            buffer[length++] = (byte)',';
        rowBegun = true;
    }

    private void Flush()
    {
        output.Write(buffer, 0, length);
        length = 0;
    }
}
