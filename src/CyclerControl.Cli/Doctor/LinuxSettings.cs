namespace CyclerControl.Cli.Doctor;

/// <summary>Reads what systemd and apt are told, from their files; asks no program.</summary>
/// <param name="root">Of the file system.</param>
internal sealed class LinuxSettings(string root)
{
    private const string NotReadable = "not readable here";
    private static readonly string[] s_sleepTargets = ["sleep.target", "suspend.target", "hibernate.target"];

    public MachineSetting Sleep()
    {
        if (!Directory.Exists(At("run/systemd/system")))
        {
            return new MachineSetting("sleep", $"{NotReadable}: systemd does not run");
        }

        var masked = s_sleepTargets.Where(IsMasked).ToList();
        return masked.Contains("sleep.target") || masked.Count == s_sleepTargets.Length
            ? new MachineSetting("sleep", $"off: {string.Join(", ", masked)} masked")
            : new MachineSetting(
                "sleep",
                "possible: sleep.target is not masked",
                "a desktop or a lid may put this computer to sleep in the middle of a run: systemctl mask sleep.target suspend.target hibernate.target");
    }

    public MachineSetting Updates()
    {
        var folder = At("etc/apt/apt.conf.d");
        if (!Directory.Exists(folder))
        {
            return new MachineSetting("updates", $"{NotReadable}: no apt");
        }

        var settings = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(Lines).ToList();
        var isAutomatic = IsOn(settings, "APT::Periodic::Unattended-Upgrade");
        return (isAutomatic, IsOn(settings, "Unattended-Upgrade::Automatic-Reboot")) switch
        {
            (false, _) => new MachineSetting("updates", "apt installs nothing by itself"),
            (true, false) => new MachineSetting("updates", "apt upgrades by itself, without a restart"),
            _ => new MachineSetting(
                "updates",
                "apt upgrades by itself and restarts the computer",
                "an upgrade may restart this computer in the middle of a run: set Unattended-Upgrade::Automatic-Reboot to \"false\""),
        };
    }

    private bool IsMasked(string target) => new FileInfo(At("etc/systemd/system/" + target)).LinkTarget == "/dev/null";

    /// <summary>The last line counts, as for apt.</summary>
    private static bool IsOn(IEnumerable<string> lines, string key) =>
        lines.LastOrDefault(l => l.StartsWith(key + " ", StringComparison.OrdinalIgnoreCase)) is { } line
        && line[key.Length..].Trim().TrimEnd(';').Trim('"') is not ("0" or "false" or "no" or "");

    private static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file).Select(l => l.Trim()).Where(l => !l.StartsWith("//", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string At(string path) => Path.Combine(root, path);
}
