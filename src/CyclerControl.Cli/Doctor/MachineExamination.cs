using System.Globalization;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Recording.Files;

namespace CyclerControl.Cli.Doctor;

/// <summary>Looks at the machine as a run would feel it: timing, rights, clock, disk. Changes nothing.</summary>
internal static class MachineExamination
{
    private const string ClockSourceFile = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    private const int MostPages = 200;
    private const long LittleSpaceBytes = 1L << 30;
    private const double SlowSyncSeconds = 1;

    private static readonly double[] s_periods = [0.001, 0.01, 0.1];

    public static MachineFindings Examine(string dataFolder, double seconds, bool realTime)
    {
        var data = DataFolder.Open(dataFolder).Path;
        var asked = OnOwnThread(() =>
        {
            var result = RealTimeThread.TryRaise();
            RealTimeThread.TryLower();
            return result;
        });
        var time = TimeSpan.FromSeconds(seconds);
        var beats = s_periods.AsParallel().WithDegreeOfParallelism(s_periods.Length)
            .Select(period => (period, BeatCheck.Measure(TimeSpan.FromSeconds(period), time, realTime && asked.Granted)))
            .OrderBy(beat => beat.period).ToList();
        var sync = DiskCheck.SyncSeconds(data, MostPages, time);
        var findings = new MachineFindings
        {
            Seconds = seconds,
            Beats = beats,
            RealTime = asked,
            DataFolder = data,
            SyncP50Seconds = sync[sync.Count / 2],
            SyncP99Seconds = sync[(int)(sync.Count * 0.99)],
            FreeBytes = new DriveInfo(data).AvailableFreeSpace,
            FileSystem = new DriveInfo(data).DriveFormat,
            Settings = OperatingSystem.IsWindows()
                ? [WindowsSettings.Sleep(), WindowsSettings.Updates()]
                : [new LinuxSettings("/").Sleep(), new LinuxSettings("/").Updates()],
            ClockSource = File.Exists(ClockSourceFile) ? File.ReadAllText(ClockSourceFile).Trim() : null,
            Processors = Environment.ProcessorCount,
            Advice = [],
        };
        return findings with { Advice = [.. Advise(findings)] };
    }

    private static IEnumerable<string> Advise(MachineFindings found)
    {
        foreach (var (period, lateness) in found.Beats.Where(beat => beat.PeriodSeconds >= 0.01 && beat.Lateness.Missed > 0))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{lateness.Missed} of {lateness.Deadlines + lateness.Missed} sample times at {1 / period:0} Hz were missed: something else takes the processors; close it, or try --realtime");
        }

        if (found.ClockSource is "jiffies" or "acpi_pm" or "refined-jiffies")
        {
            yield return $"the kernel counts time with '{found.ClockSource}', which is slow or coarse; choose tsc, kvm-clock or arch_sys_counter where the machine has it";
        }

        if (found.SyncP99Seconds > SlowSyncSeconds)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"one write in a hundred takes {found.SyncP99Seconds:0.0} s to become durable in {found.DataFolder}: put the data folder on a faster disk");
        }

        if (FileSystemAdvice(found.FileSystem) is { } fileSystem)
        {
            yield return fileSystem;
        }

        foreach (var setting in found.Settings)
        {
            if (setting.Advice is { } change)
            {
                yield return change;
            }
        }

        if (found.FreeBytes < LittleSpaceBytes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{found.FreeBytes / 1e9:0.00} GB are free in {found.DataFolder}: runs stop safely when a disk is full; make room");
        }
    }

    /// <summary>Null where the file system keeps what it has confirmed.</summary>
    internal static string? FileSystemAdvice(string fileSystem) => fileSystem.ToLowerInvariant() switch
    {
        "tmpfs" or "ramfs" => $"the data folder is in memory ({fileSystem}): a power cut loses all of it; choose a folder on a disk with --data",
        "vfat" or "msdos" or "fat32" or "exfat" => $"the data folder is on {fileSystem}, which has no journal: a power cut can damage it; use ext4, xfs, btrfs or NTFS",
        _ => null,
    };

    private static T OnOwnThread<T>(Func<T> function)
    {
        var result = default(T);
        var thread = new Thread(() => result = function()) { Name = "real-time check" };
        thread.Start();
        thread.Join();
        return result!;
    }
}
