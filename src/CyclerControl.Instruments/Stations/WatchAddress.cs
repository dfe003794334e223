using CyclerControl.Instruments.Dialects.Land;

namespace CyclerControl.Instruments.Stations;

/// <summary>
/// Where the files of other software are: <c>watch:///mnt/land?files=*_{channel}.cex</c>; on Windows also <c>watch:///C:/LAND</c> and <c>watch://server/share/folder</c>.
/// </summary>
/// <param name="Folder">As this computer sees it.</param>
/// <param name="Files">Names of a channel's files, with <c>{channel}</c>, <c>*</c> and <c>?</c>; null: <c>*_{channel}_*.cex</c>.</param>
public sealed record WatchAddress(string Folder, string? Files)
{
    private const string Usual = "write \"watch:///mnt/land?files=*_{channel}.cex\"";

    /// <summary>Two instruments of a station must not have the same.</summary>
    public string Place => $"watch {Folder} {Files}";

    /// <param name="uri">Of scheme watch.</param>
    /// <param name="problem">What is wrong, and the cure.</param>
    public static WatchAddress? TryParse(Uri uri, out (string What, string Cure) problem)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        if (path is "" or "/" || uri.Port > 0 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = ("names no folder", Usual);
            return null;
        }

        if (uri.Host.Length > 0 && !OperatingSystem.IsWindows())
        {
            problem = ($"names the computer '{uri.Host}'", "mount its share here and name the folder: watch:///mnt/land");
            return null;
        }

        var folder = uri.Host.Length > 0 ? $@"\\{uri.Host}{path.Replace('/', '\\')}" : OperatingSystem.IsWindows() ? path.TrimStart('/') : path;
        return AddressQuery.Read(
            uri, new WatchAddress(folder, null), static (WatchAddress a, string key, string value, out (string, string) wrong) => a.With(key, value, out wrong), out problem);
    }

    private WatchAddress? With(string key, string value, out (string What, string Cure) problem)
    {
        problem = (key, value) switch
        {
            ("files", "") => ("has an empty files", Usual),
            ("files", _) when LandFolder.Check(value) is { } wrong => ("has wrong files", wrong),
            ("files", _) => default,
            _ => ($"has the unknown setting '{key}'", "known is files"),
        };
        return problem == default ? this with { Files = value } : null;
    }
}
