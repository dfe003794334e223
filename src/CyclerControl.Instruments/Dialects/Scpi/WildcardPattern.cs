using System.Text;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>A text in which <c>*</c> stands for anything, compared whole, without regard to case and to white space around it.</summary>
public sealed class WildcardPattern
{
    private readonly byte[] _pattern;

    public WildcardPattern(string text)
    {
        Text = text;
        _pattern = Encoding.UTF8.GetBytes(text.Trim());
    }

    public string Text { get; }

    /// <summary>Linear in the worst case of interest; no allocation.</summary>
    public bool Matches(ReadOnlySpan<byte> reply)
    {
        reply = reply.Trim(" \t"u8);
        int at = 0, patternAt = 0, star = -1, resume = 0;
        while (at < reply.Length)
        {
            if (patternAt < _pattern.Length && _pattern[patternAt] == (byte)'*')
            {
                star = patternAt++;
                resume = at;
            }
            else if (patternAt < _pattern.Length && Lower(_pattern[patternAt]) == Lower(reply[at]))
            {
                patternAt++;
                at++;
            }
            else if (star >= 0)
            {
                patternAt = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return !_pattern.AsSpan(patternAt).ContainsAnyExcept((byte)'*');
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
