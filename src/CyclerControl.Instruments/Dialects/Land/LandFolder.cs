using System.Globalization;
using System.Text.RegularExpressions;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>What was found for a channel.</summary>
/// <param name="Path">Null: <paramref name="Message"/> says why.</param>
/// <param name="IsReachable">False: the folder cannot be read at all, which is a fault of the link.</param>
internal sealed record LandFound(string? Path, LandHead? Head, string Message, bool IsReachable = true);

/// <summary>The folder in which the vendor's software keeps or exports its tests. Remembers heads; one thread.</summary>
/// <param name="folder">Full path.</param>
/// <param name="pattern">Of file names: <c>*</c> is any text, and <c>{channel}</c> the channel's number, zeros before it allowed; null: <see cref="LandFormats.PatternOf"/>.</param>
internal sealed class LandFolder(string folder, LandFormat format, string? pattern = null)
{
    /// <summary>Of the files with a fitting name, so many of those written last are looked into.</summary>
    private const int MostLookedInto = 32;

    private const int HeadBytes = 64 * 1024;
    private const int PageBytes = 4096;
    private const int MostKnown = 1024;
    private const string ChannelMark = "{channel}";
    private readonly byte[] _page = new byte[PageBytes];
    private readonly Dictionary<string, ((DateTime Written, long Length) Stamp, LandHead Head)> _known = [];
    private readonly string _pattern = pattern ?? LandFormats.PatternOf(format);

    /// <summary>What is wrong with a pattern; null: nothing.</summary>
    public static string? Check(string pattern) =>
        pattern.AsSpan().IndexOfAny('/', '\\') >= 0 ? $"'{pattern}' names a folder; name files only, like \"*_{ChannelMark}.csv\""
        : !pattern.Contains(ChannelMark, StringComparison.Ordinal) ? $"'{pattern}' does not say where the channel's number is; write {ChannelMark}, like \"*_{ChannelMark}.csv\""
        : pattern.Length > 200 ? "it is longer than 200 letters"
        : null;

    /// <summary>
    /// The test of this channel that began last, or was written last where files don't say when they began. A file that says that it is another channel's is
    /// not taken.
    /// </summary>
    /// <param name="channel">As the vendor's software numbers them, from 1.</param>
    public LandFound Newest(int channel)
    {
        try
        {
            var names = Names(channel);
            var files = new DirectoryInfo(folder).EnumerateFiles()
                .Where(file => names.IsMatch(file.Name))
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .ThenByDescending(file => file.Name, StringComparer.Ordinal)
                .Take(MostLookedInto)
                .ToList();
            return files.Count == 0
                ? new LandFound(null, null, string.Create(CultureInfo.InvariantCulture, $"'{folder}' has no file '{_pattern}' of channel {channel}"))
                : Choose(channel, files);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return Away(failure);
        }
    }

    /// <summary>The test of this channel of which a ticket was kept; its file may have another name by now.</summary>
    public LandFound Find(int channel, string ticket)
    {
        try
        {
            var names = Names(channel);
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => names.IsMatch(file.Name)).OrderByDescending(file => file.LastWriteTimeUtc))
            {
                if (Look(file) is { Head: { } head } && head.IsOf(ticket))
                {
                    return new LandFound(file.FullName, head, head.Ticket(file.Name));
                }
            }

            return new LandFound(null, null, $"'{folder}' has no file of {ticket} any more");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return Away(failure);
        }
    }

    private LandFound Away(Exception failure) =>
        new(null, null, $"the folder '{folder}' cannot be read: {failure.Message.TrimEnd('.')}; is the share mounted?", IsReachable: false);

    private LandFound Choose(int channel, List<FileInfo> files)
    {
        LandFound? newest = null;
        List<string> refused = [];
        foreach (var file in files)
        {
            var (head, problem) = Look(file);
            if (problem is not null)
            {
                refused.Add($"'{file.Name}', {problem}");
            }
            else if (head?.Channel is { } other && other != channel)
            {
                refused.Add(string.Create(CultureInfo.InvariantCulture, $"'{file.Name}' says that it is of channel {other}"));
            }
            else if (newest is null || head?.Begun > newest.Head?.Begun)
            {
                newest = new LandFound(file.FullName, head, head?.Ticket(file.Name) ?? $"'{file.Name}' holds nothing yet");
            }
        }

        return newest
            ?? new LandFound(null, null, string.Create(CultureInfo.InvariantCulture, $"'{folder}' has no file of channel {channel} that can be taken: {string.Join("; ", refused.Take(4))}"));
    }

    /// <summary>The beginning of a file; one that tells its test is read once for as long as it is not written again. One that is held by another program for the moment says nothing.</summary>
    private (LandHead? Head, LandProblem? Problem) Look(FileInfo file)
    {
        var stamp = (file.LastWriteTimeUtc, file.Length);
        if (_known.TryGetValue(file.Name, out var known) && known.Stamp == stamp)
        {
            return (known.Head, null);
        }

        try
        {
            var (head, problem) = ReadHead(file.FullName);
            if (head is not null)
            {
                if (_known.Count >= MostKnown)
                {
                    _known.Clear();
                }

                _known[file.Name] = (stamp, head);
            }

            return (head, problem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }

    private (LandHead? Head, LandProblem? Problem) ReadHead(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var parser = LandFormats.ParserOf(format, CexScale.FiveVoltTenMilliampere);
        var row = new LandRow[1];
        var read = 1;
        for (var at = 0; at < HeadBytes && parser is { Head: null, Problem: null } && read > 0; at += read)
        {
            read = RandomAccess.Read(handle, _page, at);
            _ = parser.Take(_page.AsSpan(0, read), row, out _);
        }

        return (parser.Head, parser.Head is null ? parser.Problem : null);
    }

    private Regex Names(int channel)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"0*{channel}");
        var text = Regex.Escape(_pattern)
            .Replace(@"\*\{channel}", @"(.*[^0-9])?\{channel}", StringComparison.Ordinal)
            .Replace(@"\{channel}\*", @"\{channel}([^0-9].*)?", StringComparison.Ordinal)
            .Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\{channel}", number, StringComparison.Ordinal);
        return new Regex($"^{text}$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
