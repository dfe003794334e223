using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>
/// Li || Li and Li || collector: ohmic part, two interfaces with asinh kinetics, interphase growth, nucleation, arcing towards the end of a half-cycle, reversal
/// of first order. A collector passes from its own potential through 0 V before it plates, and runs off towards the cut-off when it is stripped bare.
/// </summary>
internal sealed class LithiumVoltage : ICellVoltage
{
    private const double RestMemorySeconds = 30;
    private const double RestFraction = 0.1;
    private const double StrippedFrom = 0.95;
    private const double CutOffVolts = 1;

    private readonly CellDraw cell;
    private readonly Fault? fault;
    private readonly SlowChanges slow;
    private readonly double exchangeAmperes;
    private readonly double freshVolts;
    private readonly double freshSeconds;
    private PlannedSegment segment;
    private double start;
    private double kineticVolts;
    private double ohmicVolts;
    private double collectorSeconds;
    private double lastVolts;
    private double fromVolts;
    private double firstCurrent = double.PositiveInfinity;

    public LithiumVoltage(CellDraw cell, SlowChanges slow, Fault? fault, SeededRandom random)
    {
        this.cell = cell;
        this.slow = slow;
        this.fault = fault;
        exchangeAmperes = cell.Amperes / (2 * Math.Sinh(Math.Max(1e-6, cell.KineticShare * cell.LevelVolts / (4 * CellDraw.ThermalVolts))));
        freshVolts = cell.Kind == CellKind.Half ? random.Uniform(0.5, 3) : 0;
        freshSeconds = random.LogUniform(20, Math.Max(25, cell.HalfSeconds / 20));
        lastVolts = freshVolts;
    }

    public double Celsius => slow.Celsius;

    public double Ohms => cell.LevelVolts / cell.Amperes;

    public double HealthyVolts { get; private set; }

    public void Begin(in PlannedSegment segment, double startSeconds)
    {
        this.segment = segment;
        start = startSeconds;
        fromVolts = lastVolts;
        var size = Math.Abs(segment.Amperes);
        if (size == 0)
            return;
        firstCurrent = Math.Min(firstCurrent, startSeconds);
        ohmicVolts = size * Ohms * (1 - cell.KineticShare);
        kineticVolts = 4 * CellDraw.ThermalVolts * Math.Asinh(size / (2 * exchangeAmperes));
        collectorSeconds = segment.HalfCycle == 1 ? freshSeconds : freshSeconds / 10;
    }

    public double Volts(double seconds)
    {
        var age = seconds - start;
        var factor = slow.Factor(seconds);
        var healthy = segment.Amperes == 0 ? Rest(age) : Under(age, seconds, factor);
        HealthyVolts = healthy;
        var volts = healthy;
        if (fault is not null)
        {
            // Lost contact is a resistance: it shows under current only, and leaves the collector's own potential alone.
            var lost = segment.Amperes == 0 ? 1 : fault.Resistance(seconds);
            volts = lost == 1 ? healthy : Under(age, seconds, factor * lost);
            var ohms = segment.Amperes == 0 ? Ohms : Math.Max(1e-3, Math.Abs(volts / segment.Amperes));
            volts /= 1 + (fault.Conductance(seconds, ohms) * ohms);
        }

        lastVolts = volts;
        return volts;
    }

    public double OpenVolts(double volts) => 0;

    private double Rest(double age)
    {
        // A bare collector keeps its potential; lithium on both sides has none.
        if (cell.Kind == CellKind.Half && fromVolts > 0.3)
            return fromVolts * (0.9 + (0.1 * Math.Exp(-age / 600)));
        return fromVolts * RestFraction * Math.Exp(-age / RestMemorySeconds);
    }

    private double Under(double age, double seconds, double factor)
    {
        var legAge = segment.LegAgeSeconds + age;
        var x = Math.Min(1, legAge / segment.LegSeconds);
        var hours = seconds / 3600;
        var growth = 1 + (cell.GrowthPerRootHour * Math.Sqrt(hours)) + (cell.GrowthPerHour * hours);
        var lost = 1 + (cell.ContactLossPerCycle * segment.HalfCycle / 2);
        var arcing = 1 + (cell.Arcing * Math.Min(2, lost) * Math.Pow(x, cell.ArcingPower));
        var young = cell.Kind == CellKind.Half ? legAge * (segment.HalfCycle == 1 ? 1 : 4) : seconds - firstCurrent;
        var nucleation = 1 + (cell.Nucleation * Math.Exp(-young / cell.NucleationSeconds));
        var size = ((ohmicVolts * growth) + (kineticVolts * arcing)) * factor * nucleation;
        var target = segment.Amperes > 0 ? size * cell.Asymmetry : -size;
        if (cell.Kind == CellKind.Half)
            target += segment.Amperes > 0 ? Stripped(x) : Collector(legAge, size);
        return target - ((target - fromVolts) * Math.Exp(-age / cell.ReversalSeconds));
    }

    private static double Stripped(double x)
    {
        var bare = Math.Max(0, (x - StrippedFrom) / (1 - StrippedFrom));
        return CutOffVolts * bare * bare * bare * bare;
    }

    private double Collector(double legAge, double size) =>
        (segment.LegAgeSeconds == 0 ? Math.Max(0, fromVolts) + size : 0) * Math.Exp(-legAge / collectorSeconds);
}
