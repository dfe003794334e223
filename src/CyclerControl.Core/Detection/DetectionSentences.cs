using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection;

/// <summary>Makes the event of a finding, in numbers and in a sentence for a chemist.</summary>
internal static class DetectionSentences
{
    public static DetectionEvent HardShort(
        in Sample sample, in DirectedSample directed, HardShortRule rule, double expectedVolts, int direction, CellKind kind, bool fromTheStart)
    {
        var size = Math.Abs(directed.Volts);
        var when = fromTheStart ? "from the start of this half-cycle" : "within two samples";
        var text = kind == CellKind.Full
            ? Text($"Hard short: the voltage collapsed from {Milli(expectedVolts)} mV to {Milli(size)} mV {when} while {Milli(directed.Amperes)} mA flowed.")
            : Text($"Hard short: |V| is {Milli(size)} mV {when} where a healthy cell shows {Milli(expectedVolts)} mV at {Milli(directed.Amperes)} mA; ")
                + Text($"{directed.Ohms:G3} ohm are a metal path through the electrolyte, not ions.");
        var ohms = kind == CellKind.Full ? null : ShortOhms(directed, expectedVolts);
        return Event(
            1, DetectionKind.HardShort, DetectionSeverity.Abort, sample, rule.OnsetSeconds,
            Signed(expectedVolts, direction, kind), size, rule.ThresholdVolts, ohms, text);
    }

    public static DetectionEvent Drop(
        in Sample sample, in DirectedSample directed, DropRule rule, DropSettings settings, DetectionSeverity severity, bool halved,
        int direction, CellKind kind)
    {
        var expected = rule.ReferenceVolts;
        var text = severity == DetectionSeverity.Abort && !halved
            ? Text($"Soft short: |V| fell by {rule.Fraction * 100:G3} % from {Milli(expected)} mV, and a second sign came with it; part of the current is electronic.")
            : halved
            ? Text($"Soft short: |V| has stayed below {settings.AbortFraction * 100:G3} % of the expected {Milli(expected)} mV for {settings.AbortSeconds:G3} s; ")
                + "most of the current is electronic."
            : Text($"Possible soft short: |V| fell by {rule.Fraction * 100:G3} % from {Milli(expected)} mV; part of the current may be electronic. ")
                + "Temperature, pressure and leads can do this too.";
        return Event(
            3, kind == CellKind.Full ? DetectionKind.FullCellShort : DetectionKind.SoftShort, severity, sample, rule.OnsetSeconds,
            Signed(expected, direction, kind), rule.Statistic, rule.Threshold, kind == CellKind.Full ? null : ShortOhms(directed, expected), text);
    }

    public static DetectionEvent LevelDrop(
        in Sample sample, in DirectedSample directed, LevelDropRule rule, DetectionSeverity severity, int direction, CellKind kind)
    {
        var expected = rule.ReferenceVolts;
        var text = (severity == DetectionSeverity.Abort ? "Soft short: " : "Possible soft short: ")
            + Text($"|V| has come down to {Milli(directed.Volts)} mV, {directed.Volts / expected * 100:G3} % of the {Milli(expected)} mV of the healthy cell; ")
            + "part of the current is electronic.";
        return Event(
            3, DetectionKind.SoftShort, severity, sample, rule.OnsetSeconds,
            Signed(expected, direction, kind), directed.Volts / expected, rule.Threshold, ShortOhms(directed, expected), text);
    }

    public static DetectionEvent OhmicFloor(in Sample sample, in DirectedSample directed, OhmicFloorRule rule, int direction, CellKind kind)
    {
        var expected = rule.BulkOhms * directed.Amperes;
        var text = Text($"Too good for ions: V/I is {directed.Ohms:G3} ohm and the electrolyte alone has {rule.BulkOhms:G3} ohm; ")
            + "a part of the current bypasses it, or bulk_resistance is not this cell's.";
        return Event(
            2, DetectionKind.OhmicFloorShort, DetectionSeverity.Suspect, sample, rule.OnsetSeconds,
            Signed(expected, direction, kind), directed.Ohms, rule.ThresholdOhms, ShortOhms(directed, expected), text);
    }

    public static DetectionEvent ContactLoss(
        in Sample sample, in DirectedSample directed, ContactLossRule rule, double levelVolts,
        ContactLossSettings settings, int direction, CellKind kind)
    {
        var start = rule.StartVolts ?? levelVolts;
        var text = Text($"Contact loss: the resistance is {levelVolts / start:G3} times that of the start of this half-cycle and grows faster and faster ")
            + Text($"({directed.Ohms:G3} ohm); lithium is leaving the interface. Not a short.");
        return Event(
            10, DetectionKind.ContactLoss, DetectionSeverity.Warn, sample, rule.OnsetSeconds,
            Signed(start, direction, kind), levelVolts / start, settings.Ratio, null, text);
    }

    public static Evidence Telegraph(in DirectedSample directed, TelegraphRule rule, TelegraphSettings settings, double referenceVolts) => new(
        4, DetectionKind.TelegraphShort, rule.OnsetSeconds, referenceVolts, settings.Pairs, settings.Pairs, ShortOhms(directed with { Volts = rule.LowVolts }, referenceVolts),
        Text($"Telegraph short: |V| has switched between {Milli(referenceVolts)} mV and {Milli(rule.LowVolts)} mV {settings.Pairs} times within {directed.TimeSeconds - rule.OnsetSeconds:G3} s; ")
            + "a metal path forms and burns through.");

    public static Evidence Runaway(in DirectedSample directed, double levelVolts, ContactLossSettings settings) => new(
        10, DetectionKind.PolarisationRunaway, directed.TimeSeconds, null, levelVolts, settings.RunawayVolts, null,
        Text($"Polarisation runs away: |V| is {levelVolts:G3} V ({directed.Ohms:G3} ohm), more than an interface of lithium can need; the contact or the lithium is used up. Not a failure of the separator."));

    public static DetectionEvent NotObservable(in Sample last, double startSeconds, in ArmingState arming, int direction, CellKind kind) => new(
        1, DetectionKind.NotObservable, DetectionSeverity.Warn, last.TimeSeconds, startSeconds, last.Volts, last.Amperes,
        arming.ExpectedVolts is { } volts ? Signed(volts, direction, kind) : null, arming.ExpectedVolts ?? 0, arming.FloorVolts, null,
        $"A short could not have been seen here: {arming.Explanation}.");

    private static DetectionEvent Event(
        int rule,
        DetectionKind found,
        DetectionSeverity severity,
        in Sample sample,
        double onsetSeconds,
        double expectedVolts,
        double statistic,
        double threshold,
        double? shortOhms,
        string text) =>
        new(rule, found, severity, sample.TimeSeconds, onsetSeconds, sample.Volts, sample.Amperes, expectedVolts, statistic, threshold, shortOhms, text);

    /// <summary>The path beside the cell: 1/R = 1/R_cell + 1/R_short.</summary>
    public static double? ShortOhms(in DirectedSample directed, double expectedVolts)
    {
        var size = Math.Abs(directed.Volts);
        return size < expectedVolts ? size * expectedVolts / ((expectedVolts - size) * directed.Amperes) : null;
    }

    public static double Signed(double volts, int direction, CellKind kind) => kind == CellKind.Full ? volts : volts * direction;

    private static string Milli(double value) => (value * 1e3).ToString("G3", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
