using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Recording.Files;

/// <summary>Names of runs: <c>YYYYMMDD-HHMMSS-instrument-channel-xxxx</c> (UTC of the start, four random characters). Safe as a folder name.</summary>
public static class RunId
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int MaxInstrumentLength = 80;

    public static string New(TimeProvider time, ChannelId channel, Random random)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(random);
        Span<char> tail = stackalloc char[4];
        random.GetItems<char>(Alphabet, tail);
        var start = time.GetUtcNow().ToString("yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{start}-{FolderSafe(channel.Instrument)}-{channel.Number}-{tail}");
    }

    /// <summary>Everything but ASCII letters, digits, '-', '_' and '.' becomes '_': allowed in folder names on every system.</summary>
    private static string FolderSafe(string name) =>
        string.Create(Math.Min(name.Length, MaxInstrumentLength), name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = text[i];
                span[i] = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_';
            }
        });
}
