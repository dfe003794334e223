using CyclerControl.Analysis.CriticalCurrent;
using CyclerControl.Analysis.Cycles;
using CyclerControl.Analysis.Gitt;
using CyclerControl.Analysis.Overpotential;
using CyclerControl.Analysis.Shorts;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Reports;

/// <summary>Everything that the analyses found in one run. Charges in Ah, voltages in V; areal values follow from the cell's area when printed.</summary>
public sealed record RunReport
{
    public required RunHeader Header { get; init; }

    /// <summary>Null: the run is still going, or its process died.</summary>
    public required RunEnding? Ending { get; init; }

    /// <summary>What the numbers were computed for: the protocol's measure, or what its measuring block implies.</summary>
    public required Measure Measure { get; init; }

    public required IReadOnlyList<StepRecord> Steps { get; init; }

    public required IReadOnlyList<RunEvent> Events { get; init; }

    public required RowTotals Totals { get; init; }

    public required VoltageOffset Offset { get; init; }

    public required IReadOnlyList<HalfCycleResult> HalfCycles { get; init; }

    public required IReadOnlyList<Level> Levels { get; init; }

    public required IReadOnlyList<CycleResult> Cycles { get; init; }

    public CcdResult? Ccd { get; init; }

    public CriticalCapacityResult? CriticalCapacity { get; init; }

    /// <summary>The first hard or confirmed soft short.</summary>
    public ShortResult? Short { get; init; }

    /// <summary>The first hard short, where a soft one came before it.</summary>
    public ShortResult? HardShort { get; init; }

    public EfficiencyResult? Efficiency { get; init; }

    public RetentionResult? Retention { get; init; }

    public RateResult? Rate { get; init; }

    public GittResult? Gitt { get; init; }

    /// <summary>What the reader must know before trusting a number.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where things are, name to path; set by whoever writes them.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Each once, in order of time: the event that ends a run repeats the detection that ended it.</summary>
    public IEnumerable<DetectionEvent> Detections => Events.Select(e => e.Detection).OfType<DetectionEvent>().Distinct();

    /// <summary>The channel belonged to other software: nothing was switched by this program.</summary>
    public bool IsWatched => Events.Any(e => e.Kind == "output_not_ours");

    public bool Unfinished => Ending is null or { Outcome: RunOutcome.Interrupted };

    public double? AreaSquareCentimetres => Header.Cell.AreaSquareCentimetres is { } area && area > 0 ? area : null;

    /// <summary>Lithium plated: onto the working electrode (negative current), in a full cell onto the negative electrode (on charge), Ah.</summary>
    public double PlatedAmpHours => Header.Cell.Kind == Core.Quantities.CellKind.Full ? Totals.ChargingAmpHours : Totals.DischargingAmpHours;

    /// <summary>mA/cm2, without sign; null without an area.</summary>
    public double? Density(double? amperes) => Math.Abs(amperes ?? 0) * 1000 / AreaSquareCentimetres is { } x && amperes is not null ? x : null;

    /// <summary>mAh/cm2; null without an area.</summary>
    public double? ArealCapacity(double? ampHours) => ampHours * 1000 / AreaSquareCentimetres;

    /// <summary>mAh/g; null without a mass.</summary>
    public double? SpecificCapacity(double? ampHours) => Header.Cell.ActiveMassGrams is { } mass && mass > 0 ? ampHours * 1000 / mass : null;

    /// <summary>Area-specific resistance of a level, ohm cm2.</summary>
    public double? AsrOhmSquareCentimetres(Level level) =>
        level.Amperes > 0 ? level.MeanVolts / level.Amperes * AreaSquareCentimetres : null;
}
