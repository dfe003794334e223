namespace System.IO.Ports;

/// <summary>Linux lists every terminal under /sys/class/tty; those with a driver below them are ports, and an 8250 of type 0 has no hardware.</summary>
internal static class PortNames
{
    private const string Folder = "/sys/class/tty";

    public static string[] Find() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateDirectories(Folder).Where(HasDevice).Select(path => "/dev/" + Path.GetFileName(path)).Where(File.Exists).Order(StringComparer.Ordinal)];

    private static bool HasDevice(string path)
    {
        if (!Directory.Exists(Path.Combine(path, "device")))
        {
            return false;
        }

        try
        {
            var type = Path.Combine(path, "type");
            return !File.Exists(type) || File.ReadAllText(type).Trim() != "0";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
