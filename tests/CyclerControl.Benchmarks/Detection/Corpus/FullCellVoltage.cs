namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>
/// Layered oxide || sulfide || lithium: open-circuit curve, series resistance, two RC elements, first-cycle loss. A short lies across the terminals: it takes
/// V / R_s from the cell, also in rests.
/// </summary>
internal sealed class FullCellVoltage : ICellVoltage
{
    private const double EmptyState = 0.03;

    private readonly CellDraw cell;
    private readonly Fault? fault;
    private readonly SlowChanges slow;
    private PlannedSegment segment;
    private double start;
    private double last;
    private double state = EmptyState;
    private double fastVolts;
    private double slowVolts;
    private double fromAmperes;
    private double lastVolts;
    private double heldVolts;

    public FullCellVoltage(CellDraw cell, SlowChanges slow, Fault? fault)
    {
        this.cell = cell;
        this.slow = slow;
        this.fault = fault;
    }

    public double Celsius => slow.Celsius;

    public double Ohms => cell.SeriesOhms;

    public double HealthyVolts { get; private set; }

    public void Begin(in PlannedSegment segment, double startSeconds)
    {
        fromAmperes = this.segment.Amperes;
        heldVolts = lastVolts;
        this.segment = segment;
        if (segment.HalfCycle % 2 == 1 && segment.LegAgeSeconds == 0 && segment.Kind == PlannedKind.Current && fault is null)
            state = EmptyState; // Rounding of pauses and holds must not add up over hundreds of cycles.
        start = startSeconds;
    }

    public double Volts(double seconds)
    {
        var elapsed = Math.Max(0, seconds - last);
        last = seconds;
        var factor = slow.Factor(seconds);
        var set = segment.AmperesAt(seconds - start);
        var amperes = set + ((fromAmperes - set) * Math.Exp(-(seconds - start) / cell.ReversalSeconds));
        var fastKept = Math.Exp(-elapsed / cell.FastSeconds);
        var slowKept = Math.Exp(-elapsed / cell.SlowSeconds);
        var fastOhms = cell.FastOhms * factor * (1 - fastKept);
        var slowOhms = cell.SlowOhms * factor * (1 - slowKept);
        var inner = OpenCircuit(state) + (fastVolts * fastKept) + (slowVolts * slowKept);
        var series = cell.SeriesOhms * factor;
        HealthyVolts = inner + (amperes * (series + fastOhms + slowOhms));
        series *= fault?.Resistance(seconds) ?? 1;

        // The path across the terminals takes its current from all of them at once: solved together, or a stiff one would swing.
        var ohms = series + fastOhms + slowOhms;
        var conductance = fault?.Conductance(seconds, ohms) ?? 0;
        var volts = (inner + (amperes * ohms)) / (1 + (ohms * conductance));
        var through = amperes - (volts * conductance);
        fastVolts = (fastVolts * fastKept) + (through * fastOhms);
        slowVolts = (slowVolts * slowKept) + (through * slowOhms);
        Charge(through, elapsed);
        lastVolts = segment.Kind == PlannedKind.Hold ? heldVolts : volts;
        return lastVolts;
    }

    public double OpenVolts(double volts) => volts - (segment.Amperes * cell.SeriesOhms);

    private static double OpenCircuit(double state) =>
        3.6 + (0.55 * state) + (0.06 * Math.Tanh((state - 0.75) / 0.08)) - (0.9 * Math.Exp(-state / 0.025));

    private void Charge(double amperes, double elapsed)
    {
        var efficiency = amperes <= 0 ? 1 : CyclingPlan.Efficiency(cell, segment.HalfCycle);
        state = Math.Clamp(state + (amperes * efficiency * elapsed * CyclingPlan.FullCellWindow / cell.CapacityAmpSeconds), 0.001, 1);
    }
}
