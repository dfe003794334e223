using System.Diagnostics;

namespace CyclerControl.Recording.Files;

/// <summary>How long a commit's last step takes where runs are kept: a page written and made durable.</summary>
public static class DiskCheck
{
    private const int PageBytes = 4096;

    /// <summary>Writes and synchronises one page after the other to a file of its own, removed afterwards. Blocking.</summary>
    /// <param name="folder">Exists.</param>
    /// <param name="most">Pages at most.</param>
    /// <param name="time">No page is begun after this time.</param>
    /// <returns>Seconds of each, ascending; one at least.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<double> SyncSeconds(string folder, int most, TimeSpan time)
    {
        var page = new byte[PageBytes];
        var seconds = new List<double>();
        var path = Path.Combine(folder, $"disk-check-{Environment.ProcessId}.tmp");
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose))
        {
            var started = Stopwatch.GetTimestamp();
            do
            {
                var begun = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
            while (seconds.Count < most && Stopwatch.GetElapsedTime(started) < time);
        }

        seconds.Sort();
        return seconds;
    }
}
