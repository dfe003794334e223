using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using static CyclerControl.Service.Preflight.PreflightCheck;

namespace CyclerControl.Service.Preflight;

/// <summary>At which current levels a hard short would be seen: rule 1 needs a voltage well above its floor.</summary>
internal static class DetectionCheck
{
    private const string Name = "detection";

    public static PreflightCheck Judge(PreflightFacts facts)
    {
        var program = facts.Program;
        if (program.ShortCircuit is { Hard: ShortCircuitAction.Ignore, Soft: ShortCircuitAction.Ignore })
        {
            return Warn(Name, "the protocol ignores shorts (short_circuit: ignore)");
        }

        var levels = PlannedLevels.Amperes(program);
        if (levels.IsEmpty)
        {
            return Pass(Name, "idle: no current step");
        }

        var needed = DetectionOutlook.NeededVolts(program.ShortCircuit.Detection, facts.Capabilities.VoltageOffsetVolts);
        return program.Cell.Kind is CellKind.Full or null ? ByVoltage(facts.OpenCircuitVolts, needed) : ByResistance(program.Cell, levels[0], levels[^1], needed);
    }

    private static PreflightCheck ByVoltage(double? volts, double needed) => volts is null
        ? Pass(Name, $"armed while the cell has more than {Print(needed)}; its voltage is not known")
        : Math.Abs(volts.Value) < needed
            ? Warn(Name, $"blind: the cell has {Print(volts.Value)}, rule 1 needs {Print(needed)}")
            : Pass(Name, $"armed: the cell has {Print(volts.Value)}, rule 1 needs {Print(needed)}");

    private static PreflightCheck ByResistance(CellSpec cell, double lowest, double highest, double needed)
    {
        var collector = cell.Kind == CellKind.Half ? "; on a collector from 30 s after the voltage has taken the sign of the current" : "";
        if (DetectionOutlook.LeastOhms(cell) is not { } ohms)
        {
            return Pass(Name, $"not known before the run, since nobody gave bulk_resistance (or thickness, conductivity and area): armed where the cell has more than {Ohms(needed / lowest)} at {PlannedLevels.Print(lowest)}{(lowest < highest ? $", {Ohms(needed / highest)} at {PlannedLevels.Print(highest)}" : "")}{collector}");
        }

        var expected = lowest * ohms;
        return expected >= needed
            ? Pass(Name, $"armed at all levels: the electrolyte alone gives {Print(expected)} at {PlannedLevels.Print(lowest)}, rule 1 needs {Print(needed)}{collector}")
            : Warn(Name, $"may be blind below {PlannedLevels.Print(needed / ohms)}: the electrolyte ({Ohms(ohms)}) gives {Print(expected)} at {PlannedLevels.Print(lowest)}, rule 1 needs {Print(needed)}; what the interfaces add is not known{collector}");
    }

    private static string Print(double volts) => PlannedLevels.PrintVolts(volts);

    private static string Ohms(double ohms) => QuantityPrinter.Print(ohms, Dimension.Resistance);
}
