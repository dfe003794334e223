using System.Globalization;
using CyclerControl.Core.Protocols;
using static CyclerControl.Service.Preflight.PreflightCheck;

namespace CyclerControl.Service.Preflight;

/// <summary>Whether this computer can take the run: room for its data, and a clock to be believed.</summary>
internal static class MachineChecks
{
    /// <summary>Measured, with totals and index; docs/benchmarks.md, <c>record</c>.</summary>
    private const double BytesPerRow = 86;

    /// <summary>Bursts, logs, the write-ahead file.</summary>
    private const double ReserveBytes = 20e6;

    private const double LittleSpaceBytes = 1e9;
    private const int FirstYear = 2025;
    private const int LastYear = 2100;
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(2);

    public static PreflightCheck DiskSpace(PreflightFacts facts)
    {
        var needed = (facts.Preview.Records * BytesPerRow) + ReserveBytes;
        var left = facts.FreeBytes - needed;
        var sentence = $"{Size(facts.FreeBytes)} free in {facts.DataFolder}, {(facts.Preview.Certainty == PreviewCertainty.AtLeast ? "at least " : "about ")}{Size(needed)} expected{(RecordsChanges(facts) ? " without what on_change adds" : "")}";
        return left switch
        {
            < 0 => Fail("disk_space", sentence + ": make room, record more rarely, or choose another folder with --data", overridable: true),
            < LittleSpaceBytes => Warn("disk_space", $"{sentence}, which leaves {Size(left)}: a run stops safely when the disk is full"),
            _ => Pass("disk_space", sentence),
        };
    }

    public static PreflightCheck Clock(PreflightFacts facts)
    {
        var now = facts.NowUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return facts switch
        {
            { IsRealTime: false } => Pass("clock", "simulated time"),
            { NowUtc.Year: < FirstYear or > LastYear } => Fail("clock", $"{now}: this computer's clock is wrong; set it (time synchronisation)", overridable: true),
            { NewestRunUtc: { } newest } when newest - facts.NowUtc > s_clockTolerance => Fail(
                "clock", string.Create(CultureInfo.InvariantCulture, $"{now} is before the newest run of the data folder ({newest.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC): this computer's clock went back; set it (time synchronisation)"), overridable: true),
            _ => Pass("clock", now),
        };
    }

    private static bool RecordsChanges(PreflightFacts facts) =>
        PlannedLevels.Steps(facts.Program).Any(s => s.Record.OnChangeVolts is not null || s.Record.OnChangeAmperes is not null);

    private static string Size(double bytes) => bytes switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
    };
}
