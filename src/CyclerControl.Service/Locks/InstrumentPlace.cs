using System.Security.Cryptography;
using System.Text;

namespace CyclerControl.Service.Locks;

/// <summary>One physical instrument under all the spellings of its address.</summary>
internal static class InstrumentPlace
{
    private const int HashBytes = 6;
    private const int MostReadable = 80;

    /// <summary>
    /// Scheme, host and port, or the device behind a serial path, whatever link names it; without parameters, which change how it is spoken
    /// to and not which it is. A host's name and its number count as two: asking a name server could take longer than a start may.
    /// </summary>
    public static string Normal(Uri connect) => connect.Scheme switch
    {
        "serial" => "serial://" + Device(connect.AbsolutePath),
        _ => FormattableString.Invariant($"{connect.Scheme}://{Host(connect)}:{connect.Port}"),
    };

    /// <summary>A file name that says what it stands for, and is unique.</summary>
    public static string FileName(string place)
    {
        var readable = new StringBuilder();
        foreach (var c in place)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            {
                readable.Append(c);
            }
            else if (readable.Length > 0 && readable[^1] != '-')
            {
                readable.Append('-');
            }
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, HashBytes));
        return $"{readable.ToString(0, Math.Min(readable.Length, MostReadable))}-{hash}.lock";
    }

    private static string Host(Uri connect) =>
        connect.IsLoopback ? "127.0.0.1" : connect.IdnHost.ToLowerInvariant();

    private static string Device(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path; // Not plugged in: opening it will say so.
        }
    }
}
