using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32;

namespace CyclerControl.Cli.Doctor;

/// <summary>Reads what Windows is told, from its registry. Compiles everywhere; has not been run on Windows.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsSettings
{
    private const string NotReadable = "not readable here";
    private const string Schemes = @"SYSTEM\CurrentControlSet\Control\Power\User\PowerSchemes";

    /// <summary>Sub-group "sleep", setting "sleep after": documented names of the power settings.</summary>
    private const string SleepAfter = @"238c9fa8-0aad-41ed-83f4-97be242c8f20\29f6c1db-86da-48c5-9fdb-f2b67b1f44da";

    public static MachineSetting Sleep()
    {
        using var schemes = Registry.LocalMachine.OpenSubKey(Schemes);
        using var after = schemes?.GetValue("ActivePowerScheme") is string active ? schemes.OpenSubKey($@"{active}\{SleepAfter}") : null;
        return after?.GetValue("ACSettingIndex") switch
        {
            0 => new MachineSetting("sleep", "off on mains power"),
            int seconds => new MachineSetting(
                "sleep",
                string.Create(CultureInfo.InvariantCulture, $"after {seconds / 60} min on mains power"),
                "Windows puts this computer to sleep in the middle of a run: powercfg /change standby-timeout-ac 0"),
            _ => new MachineSetting("sleep", $"{NotReadable}: the power scheme does not say; see powercfg /query"),
        };
    }

    public static MachineSetting Updates()
    {
        using var hours = Registry.LocalMachine.OpenSubKey(@"SOFTWARE\Microsoft\WindowsUpdate\UX\Settings");
        return hours?.GetValue("ActiveHoursStart") is int start && hours.GetValue("ActiveHoursEnd") is int end
            ? new MachineSetting(
                "updates",
                string.Create(CultureInfo.InvariantCulture, $"Windows may restart outside {start}:00 to {end}:00"),
                "an update may restart this computer in the middle of a run: pause updates for its time, or let an administrator decide when to restart")
            : new MachineSetting("updates", $"{NotReadable}: Windows Update does not say when it restarts");
    }
}
