using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection.Replay;

/// <summary>
/// The kind of a cell from its voltages under positive, negative and no current. A passive cell (symmetric, half) has a voltage with the sign of the current;
/// a full cell keeps its sign. Where a record does not tell, the kind is taken that cries wolf least: half before symmetric, full from 1 V on.
/// </summary>
internal static class CellKindInference
{
    /// <summary>Stripping that ends so many times higher than plating did, and above <see cref="CutOffVolts"/>, ran into a cut-off: a collector.</summary>
    private const double CutOffRatio = 3;

    private const double CutOffVolts = 0.1;

    /// <summary>A symmetric cell rests near zero; a collector floats at 0.5-3 V.</summary>
    private const double LargestSymmetricRestVolts = 0.2;

    /// <summary>Stripping from a collector goes on below this until the lithium is gone.</summary>
    private const double LargestCollectorVolts = 0.5;

    /// <summary>No passive cell is driven so far on purpose.</summary>
    private const double FullVolts = 1;

    public static (CellKind Kind, CurrentReading Reading) Infer(SignedVolts charging, SignedVolts discharging, SignedVolts resting)
    {
        if (charging.Count > 0 && discharging.Count > 0)
        {
            return BothSigns(charging, discharging, resting);
        }

        var only = charging.Count > 0 ? charging : discharging;
        if (only.Count == 0)
        {
            return (CellKind.Full, CurrentReading.AsWritten);
        }

        if (only.PositivePart is > 0.05 and < 0.95 && Alike(only.PositiveVolts, only.NegativeVolts))
        {
            return (RestsNearZero(resting) ? CellKind.Symmetric : CellKind.Half, CurrentReading.SignOfVoltage);
        }

        return Math.Abs(only.TypicalVolts) >= FullVolts || only.TypicalVolts > 0 != charging.Count > 0
            ? (CellKind.Full, CurrentReading.AsWritten)
            : (resting.Count > 0 && RestsNearZero(resting) ? CellKind.Symmetric : CellKind.Half, CurrentReading.AsWritten);
    }

    private static (CellKind Kind, CurrentReading Reading) BothSigns(SignedVolts charging, SignedVolts discharging, SignedVolts resting)
    {
        var up = charging.TypicalVolts > 0;
        var down = discharging.TypicalVolts < 0 && !IsShortedFull(discharging);
        if (up == down)
        {
            // Passive, or passive with the other sign convention: what produces energy in both directions does not exist.
            var collector = charging.EndVolts > CutOffVolts && charging.EndVolts > CutOffRatio * discharging.EndVolts;
            var kind = collector || !RestsNearZero(resting) ? CellKind.Half : CellKind.Symmetric;
            return (kind, up ? CurrentReading.AsWritten : CurrentReading.Opposite);
        }

        if (up && discharging.PositivePart < 0.95 && charging.TypicalVolts < LargestCollectorVolts)
        {
            return (CellKind.Half, CurrentReading.AsWritten); // a collector comes down from its rest potential, slowly or in many records
        }

        var opposite = charging.Moved < 0 && discharging.Moved > 0;
        return (CellKind.Full, opposite ? CurrentReading.Opposite : CurrentReading.AsWritten);
    }

    /// <summary>A full cell that was shorted for most of the record: volts before, next to nothing after. Plating shows more than that.</summary>
    private static bool IsShortedFull(SignedVolts discharging) =>
        discharging.PositivePart > 0.1 && discharging.PositiveVolts > FullVolts && discharging.NegativeVolts < 0.005 * discharging.PositiveVolts;

    private static bool RestsNearZero(SignedVolts resting) => resting.Count == 0 || resting.LargestVolts < LargestSymmetricRestVolts;

    private static bool Alike(double one, double other) => one < 5 * other && other < 5 * one;
}
