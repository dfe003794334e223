using System.IO.Enumeration;
using System.IO.Ports;

namespace CyclerControl.Instruments.Links;

/// <summary>The ports that a search looks at.</summary>
internal static class SerialPorts
{
    /// <param name="patterns">Paths, or names as COM3; <c>*</c> and <c>?</c> in the last part. None: every port of this computer.</param>
    /// <returns>Each device once, sorted.</returns>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> patterns)
    {
        var found = patterns.Count == 0 ? SerialPort.GetPortNames() : patterns.SelectMany(Matching);
        return [.. found.Order(StringComparer.Ordinal).DistinctBy(Device)];
    }

    private static IEnumerable<string> Matching(string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        if (slash < 0)
        {
            return SerialPort.GetPortNames().Where(name => FileSystemName.MatchesSimpleExpression(pattern, name));
        }

        var folder = pattern[..Math.Max(1, slash)];
        try
        {
            return !Directory.Exists(folder)
                ? []
                : [.. Directory.EnumerateFileSystemEntries(folder).Where(path => FileSystemName.MatchesSimpleExpression(pattern.AsSpan(slash + 1), Path.GetFileName(path), ignoreCase: false))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // /dev/serial/by-id/... and /dev/ttyUSB0 are one device.
    private static string Device(string port)
    {
        try
        {
            return File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? port;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return port;
        }
    }
}
