using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection.Replay;

/// <summary>What the current column of a record means.</summary>
public enum CurrentReading
{
    /// <summary>Positive charges the cell.</summary>
    AsWritten,

    /// <summary>Positive discharges: V and I of a passive cell have opposite signs, or the voltage falls while the cell would charge.</summary>
    Opposite,

    /// <summary>Magnitudes only: on a passive cell the current has the sign of the voltage.</summary>
    SignOfVoltage,
}

/// <summary>What a record tells about itself.</summary>
/// <param name="Kind">Kind of cell.</param>
/// <param name="Reading">Meaning of the sign of the current.</param>
/// <param name="Scale">Size of the currents.</param>
/// <param name="CurrentSigma">Noise of the current while it flows, A.</param>
/// <param name="VoltSigma">Noise of the voltage, V (with its drift from row to row: an upper bound).</param>
/// <param name="NegativeVolts">Typical voltage under negative current, V.</param>
/// <param name="PositiveVolts">Typical voltage under positive current, V.</param>
public sealed record RecordTraits(
    CellKind Kind, CurrentReading Reading, CurrentScale Scale, double CurrentSigma, double VoltSigma, double NegativeVolts, double PositiveVolts);
