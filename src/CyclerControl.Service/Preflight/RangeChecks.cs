using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using static CyclerControl.Service.Preflight.PreflightCheck;

namespace CyclerControl.Service.Preflight;

/// <summary>Whether the channel reaches each set-point, and how well it makes it.</summary>
internal static class RangeChecks
{
    private const double WarnFraction = 0.01;
    private const double RefuseFraction = 0.10;

    /// <summary>A coulombic efficiency is quoted to a tenth of a per cent.</summary>
    private const double EfficiencyWarnFraction = 0.001;

    private const double Tolerance = 1e-9;

    public static PreflightCheck Ranges(PreflightFacts facts)
    {
        var (can, program) = (facts.Capabilities, facts.Program);
        var currents = PlannedLevels.Amperes(program);
        var tooLarge = currents.Concat(PlannedLevels.Ceilings(program)).Where(a => a > can.MaxAmperes * (1 + Tolerance)).Select(PlannedLevels.Print).ToList();
        var outside = PlannedLevels.Volts(program).Where(v => v < can.MinVolts - Tolerance || v > can.MaxVolts + Tolerance).Distinct().Select(PlannedLevels.PrintVolts).ToList();
        if (tooLarge.Count + outside.Count > 0)
        {
            return Fail("ranges", $"{string.Join(", ", tooLarge.Concat(outside))}: beyond the channel ({PlannedLevels.Print(can.MaxAmperes)}, {Window(can)}); use another channel");
        }

        var levels = currents switch
        {
            [] => "no current step",
            [var only] => PlannedLevels.Print(only),
            [var lowest, .., var highest] => string.Create(CultureInfo.InvariantCulture, $"{currents.Length} current levels, {PlannedLevels.Print(lowest)} to {PlannedLevels.Print(highest)}"),
        };
        return Pass("ranges", $"{levels}, within {PlannedLevels.Print(can.MaxAmperes)}; voltages within {Window(can)}");
    }

    /// <summary>Of the smallest range that takes each set-point: it is the one that the instrument will use.</summary>
    public static PreflightCheck Accuracy(PreflightFacts facts)
    {
        var worst = PlannedLevels.Amperes(facts.Program)
            .Select(a => (Amperes: a, Range: RangeFor(facts.Capabilities, a)))
            .Where(l => l.Range is not null)
            .Select(l => (l.Amperes, l.Range, Error: l.Range!.GainFraction + (l.Range.OffsetAmperes / l.Amperes)))
            .DefaultIfEmpty().MaxBy(l => l.Error);
        if (worst.Range is null)
        {
            return Pass("accuracy", "no current step");
        }

        var measuresEfficiency = PlannedLevels.Measures(facts.Program, Measure.CoulombicEfficiency);
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{PlannedLevels.Print(worst.Amperes)} on the range {worst.Range.Name}: {worst.Error * 100:0.###} % (gain {worst.Range.GainFraction * 100:0.###} %, offset {PlannedLevels.Print(worst.Range.OffsetAmperes)})");
        return worst.Error switch
        {
            > RefuseFraction => Fail("accuracy", sentence + ", more than 10 %: use a channel with a smaller range, or a larger current", overridable: true),
            > WarnFraction => Warn("accuracy", sentence + ", more than 1 %"),
            > EfficiencyWarnFraction when measuresEfficiency => Warn("accuracy", sentence + ", more than 0.1 %, and the protocol measures coulombic efficiency"),
            _ => Pass("accuracy", "worst set-point " + sentence),
        };
    }

    private static CurrentRange? RangeFor(ChannelCapabilities can, double amperes) =>
        can.CurrentRanges.FirstOrDefault(r => r.MaxAmperes >= amperes * (1 - Tolerance));

    private static string Window(ChannelCapabilities can) => $"{PlannedLevels.PrintVolts(can.MinVolts)} to {PlannedLevels.PrintVolts(can.MaxVolts)}";
}
