using System.Text;
using System.Text.RegularExpressions;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>Replies that no instrument would give, made of what it does give.</summary>
internal static partial class Mutation
{
    public static byte[] Of(byte[] reply, Random random)
    {
        var at = random.Next(reply.Length);
        switch (random.Next(9))
        {
            case 0:
                reply[at] = (byte)random.Next(256);
                return reply;
            case 1:
                return reply[..at];
            case 2:
                return [.. reply[..at], .. reply[Math.Min(reply.Length, at + 1 + random.Next(4))..]];
            case 3:
                return [.. reply[..at], .. reply];
            case 4:
                return [.. reply[..at], (byte)'\n', .. reply[at..]];
            case 5:
                return [.. reply[..at], .. Enumerable.Repeat((byte)'9', random.Next(1, 5000)), .. reply[at..]];
            case 6:
                return [.. "#9999999999"u8, .. reply];
            case 7:
                return [.. "+9.9E37,-9.9E37,NAN,1e999"u8, .. reply];
            default:
                var noise = new byte[random.Next(1, 2000)];
                random.NextBytes(noise);
                return [.. noise, (byte)'\n'];
        }
    }

    /// <summary>As often as not still well formed: other numbers, words and lines.</summary>
    public static byte[] OfText(byte[] reply, Random random)
    {
        if (random.Next(2) == 0)
        {
            return Of(reply, random);
        }

        var text = Encoding.UTF8.GetString(reply);
        var quoted = Quoted().Matches(text);
        var lines = text.Split('\n').ToList();
        var line = random.Next(lines.Count);
        switch (random.Next(5))
        {
            case 0:
                lines.Insert(line, lines[random.Next(lines.Count)]);
                return Encoding.UTF8.GetBytes(string.Join('\n', lines));
            case 1:
                lines.RemoveAt(line);
                return Encoding.UTF8.GetBytes(string.Join('\n', lines));
            case 2:
                var digits = Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit(text[i])).ToArray();
                var at = digits[random.Next(digits.Length)];
                return Encoding.UTF8.GetBytes(text[..at] + random.Next(10) + text[(at + 1)..]);
            case 3:
                var (one, other) = (quoted[random.Next(quoted.Count)], quoted[random.Next(quoted.Count)]);
                return Encoding.UTF8.GetBytes(text[..one.Index] + other.Value + text[(one.Index + one.Length)..]);
            default:
                var hit = quoted[random.Next(quoted.Count)];
                return Encoding.UTF8.GetBytes(text[..hit.Index] + s_odd[random.Next(s_odd.Length)] + text[(hit.Index + hit.Length)..]);
        }
    }

    private static readonly string[] s_odd =
        ["\"NaN\"", "\"-1\"", "\"1e999\"", "\"-1e999\"", "\"9223372036854775807\"", "\"99999999999999999999\"", "\"\"", "\"--\"", "\"&#x0;\"", "\"&amp;\"", "'0'"];

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Quoted();
}
