using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Detection;

/// <summary>What can be said before a run about whether rule 1 will see a hard short.</summary>
public static class DetectionOutlook
{
    /// <summary>|V| that a healthy cell has to show for the rule to be armed, V, while nothing has been measured yet.</summary>
    /// <param name="settings">In force.</param>
    /// <param name="voltageOffsetVolts">Offset uncertainty of the channel as its profile states it, V; at least 0.</param>
    public static double NeededVolts(DetectionSettings settings, double voltageOffsetVolts) =>
        settings.HardShort.ArmingFloors * (settings.HardShort.FloorVolts + voltageOffsetVolts + (settings.HardShort.NoiseSigmas * settings.Model.InitialNoiseVolts));

    /// <summary>The electrolyte's resistance, ohm, which is the least that a healthy cell can have; null where the cell's data do not say.</summary>
    public static double? LeastOhms(CellSpec cell) => cell.BulkResistanceOhms
        ?? (cell is { ThicknessCentimetres: { } thickness, ConductivitySiemensPerCentimetre: > 0 and var conductivity, AreaSquareCentimetres: > 0 and var area }
            ? thickness / (conductivity * area)
            : null);
}
