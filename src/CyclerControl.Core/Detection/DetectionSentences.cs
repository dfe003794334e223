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
        return new DetectionEvent(
            1,
            DetectionKind.HardShort,
            DetectionSeverity.Abort,
            sample.TimeSeconds,
            rule.OnsetSeconds,
            sample.Volts,
            sample.Amperes,
            Signed(expectedVolts, direction, kind),
            size,
            rule.ThresholdVolts,
            kind == CellKind.Full ? null : ShortOhms(directed, expectedVolts),
            text);
    }

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
