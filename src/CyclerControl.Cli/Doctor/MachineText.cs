using System.Globalization;
using System.Text.Json;

namespace CyclerControl.Cli.Doctor;

/// <summary>Findings for people and for programs.</summary>
internal static class MachineText
{
    public static IEnumerable<string> Lines(MachineFindings found)
    {
        foreach (var (period, lateness) in found.Beats)
        {
            yield return Text($"timing at {1 / period,4:0} Hz, {found.Seconds:0.#} s: {lateness}");
        }

        yield return $"real time: {(found.RealTime.Granted ? "to be had, " + found.RealTime.Words + " (cycler run --realtime)" : found.RealTime.Words)}";
        yield return Text($"disk: one page durable in {found.SyncP50Seconds * 1e3:0.00} ms (p50), {found.SyncP99Seconds * 1e3:0.00} ms (p99); {found.FreeBytes / 1e9:0.0} GB free in {found.DataFolder} ({found.FileSystem})");
        yield return Text($"machine: {found.Processors} processors, clock {found.ClockSource ?? "not known"}");
        foreach (var setting in found.Settings)
        {
            yield return $"{setting.Name}: {setting.Says}";
        }

        foreach (var instrument in found.Instruments ?? [])
        {
            yield return $"instrument {instrument.Name}: {instrument.Says}; {instrument.Watchdog}";
        }

        foreach (var advice in found.Advice)
        {
            yield return $"warning: {advice}";
        }
    }

    public static string Json(MachineFindings found) => JsonSerializer.Serialize(new
    {
        seconds = found.Seconds,
        timing = found.Beats.Select(beat => new
        {
            rate_hz = Math.Round(1 / beat.PeriodSeconds),
            p50_us = beat.Lateness.P50Nanoseconds / 1e3,
            p99_us = beat.Lateness.P99Nanoseconds / 1e3,
            p999_us = beat.Lateness.P999Nanoseconds / 1e3,
            max_us = beat.Lateness.MaxNanoseconds / 1e3,
            missed = beat.Lateness.Missed,
            deadlines = beat.Lateness.Deadlines + beat.Lateness.Missed,
        }),
        realtime = new { granted = found.RealTime.Granted, words = found.RealTime.Words },
        data = found.DataFolder,
        fsync_p50_ms = found.SyncP50Seconds * 1e3,
        fsync_p99_ms = found.SyncP99Seconds * 1e3,
        free_bytes = found.FreeBytes,
        file_system = found.FileSystem,
        settings = found.Settings.Select(s => new { name = s.Name, says = s.Says }),
        instruments = found.Instruments?.Select(i => new { name = i.Name, identity = i.Identity, says = i.Says, watchdog = i.Watchdog }),
        clock_source = found.ClockSource,
        processors = found.Processors,
        warnings = found.Advice,
    });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
