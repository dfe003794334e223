using CyclerControl.Core.Quantities;
using static CyclerControl.Service.Preflight.PreflightCheck;

namespace CyclerControl.Service.Preflight;

/// <summary>Whether the voltage on the terminals fits the kind of cell: a cell of another kind, the wrong way round, or none at all.</summary>
internal static class OpenCircuitCheck
{
    private const string Name = "open_circuit_voltage";

    /// <summary>A Li || Li cell that has rested.</summary>
    private const double SymmetricPassVolts = 0.020;

    /// <summary>One that has not, or whose electrodes differ.</summary>
    private const double SymmetricWarnVolts = 0.100;

    private const double HalfLowVolts = -0.1;
    private const double HalfHighVolts = 3.5;

    /// <summary>Below it a full cell is shorted, empty beyond repair, or not there.</summary>
    private const double FullLowVolts = 0.2;

    public static PreflightCheck Judge(PreflightFacts facts) => facts.Capabilities.IsWatched ? OfRecord(facts) : OfRestingCell(facts);

    private static PreflightCheck OfRecord(PreflightFacts facts) => facts.OpenCircuitVolts is { } present
        ? Pass(Name, $"not asked for: the cell may be under current; the record's last voltage is {Print(present)}")
        : Fail(Name, $"there is nothing to watch: {facts.Unread}");

    private static PreflightCheck OfRestingCell(PreflightFacts facts) => (facts.OpenCircuitVolts, facts.Program.Cell.Kind) switch
    {
        (null, _) when facts.CannotRead => Warn(Name, $"not known: {facts.Unread}; make sure that the right cell is in, the right way round"),
        (null, _) => Fail(Name, $"could not be read: {facts.Unread}"),
        ({ } volts, CellKind.Symmetric) => Symmetric(volts),
        ({ } volts, CellKind.Half) => Half(volts),
        ({ } volts, CellKind.Full) => Full(volts, facts),
        ({ } volts, _) => Pass(Name, $"{Print(volts)}; the kind of the cell is not given, so that nothing is expected of it"),
    };

    private static PreflightCheck Symmetric(double volts) => Math.Abs(volts) switch
    {
        <= SymmetricPassVolts => Pass(Name, $"{Print(volts)} on a symmetric cell, within 20 mV"),
        <= SymmetricWarnVolts => Warn(Name, $"{Print(volts)} on a symmetric cell, more than 20 mV: let it rest, or find out what its electrodes differ in"),
        _ => Fail(Name, $"{Print(volts)} on a symmetric cell, more than 100 mV: another kind of cell, or a bad contact; check the cell and its kind", overridable: true),
    };

    private static PreflightCheck Half(double volts) => volts is >= HalfLowVolts and <= HalfHighVolts
        ? Pass(Name, $"{Print(volts)} on a half cell, within -0.1 V to 3.5 V")
        : Fail(Name, $"{Print(volts)} on a half cell, outside -0.1 V to 3.5 V: leads exchanged, another kind of cell, or none; check the cell and its kind", overridable: true);

    private static PreflightCheck Full(double volts, PreflightFacts facts)
    {
        var high = PlannedLevels.HighestVolts(facts.Program) ?? facts.Capabilities.MaxVolts;
        return volts switch
        {
            _ when volts < -facts.Capabilities.VoltageOffsetVolts => Fail(Name, $"{Print(volts)} on a full cell: its polarity is reversed; exchange the leads"),
            < FullLowVolts => Fail(Name, $"{Print(volts)} on a full cell, less than 0.2 V: no cell, no contact, or a shorted one; check the cell"),
            _ when volts > high => Fail(Name, $"{Print(volts)} on a full cell, above the protocol's highest voltage, {Print(high)}: another protocol, or another cell"),
            _ => Pass(Name, $"{Print(volts)} on a full cell, within 0.2 V to {Print(high)}"),
        };
    }

    private static string Print(double volts) => PlannedLevels.PrintVolts(volts);
}
