using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>
/// One cell on one channel, from its first rest on, as a stream of readings in blocks: nothing is stored, the same seed gives the same readings. Between two
/// knots (10 s, at most 16 readings) the clean voltage is a straight line; the first 64 readings of a segment, sweeps, and all after the onset of a fault are exact.
/// </summary>
internal sealed class CellLife
{
    private const int BlockSamples = 2048;
    private const int ExactSamples = 64;
    private const int MostBetweenKnots = 16;
    private const double KnotSeconds = 10;
    private const double LimitVolts = 5;

    /// <summary>Nuisances are drawn for so many half-cycles at most.</summary>
    private const double MostLegs = 5000;

    private const double MainsHertz = 50.03;

    private readonly SeededRandom random;
    private readonly Fault? fault;
    private readonly ICellVoltage voltage;
    private readonly PointNuisances points;
    private readonly EventRecorder? events;
    private readonly IEnumerator<PlannedSegment> plan;
    private readonly Sample[] block = new Sample[BlockSamples];
    private readonly double endSeconds;
    private readonly int knot;
    private readonly double fromQuantum;
    private PlannedSegment segment;
    private long startNanoseconds;
    private long samplesInSegment;
    private long doneInSegment;
    private double clean;
    private double sweepHertz;
    private int segments;
    private int filled;
    private bool limitReached;

    /// <param name="seed">Names the corpus.</param>
    /// <param name="stream">Names the kind of life in it.</param>
    /// <param name="index">Names the life.</param>
    /// <param name="prepare">Draws the cell, and a fault if there is one.</param>
    public CellLife(long seed, long stream, long index, double lifeSeconds, Func<SeededRandom, (CellDraw Cell, Fault? Fault)> prepare)
    {
        random = new SeededRandom(seed, stream, index);
        (Cell, fault) = prepare(random);
        Nuisances = new NuisanceSchedule(random, Math.Min(lifeSeconds, MostLegs * Cell.HalfSeconds), Cell.Sampling);
        var slow = new SlowChanges(Cell, Nuisances);
        voltage = Cell.Kind == CellKind.Full ? new FullCellVoltage(Cell, slow, fault) : new LithiumVoltage(Cell, slow, fault, random);
        points = new PointNuisances(Cell, Nuisances, random, voltage);
        events = Cell.Sampling.IsEventBased ? new EventRecorder(Cell.Sampling) : null;
        plan = CyclingPlan.Segments(Cell, random).GetEnumerator();
        endSeconds = lifeSeconds;
        knot = Math.Clamp((int)(KnotSeconds / Cell.Sampling.PeriodSeconds), 1, MostBetweenKnots);
        fromQuantum = 1 / Cell.QuantumVolts;
    }

    public CellDraw Cell { get; }

    public NuisanceSchedule Nuisances { get; }

    public Fault? Fault => fault;

    /// <summary>What the last block begins with, if it begins a segment.</summary>
    public Segment? Begins { get; private set; }

    public PlannedSegment Planned => segment;

    public ReadOnlySpan<Sample> Samples => block.AsSpan(0, filled);

    /// <summary>What the terminals would have shown at the first reading after the onset, had there been no fault, V; null before.</summary>
    public double? HealthyVoltsAtOnset { get; private set; }

    /// <returns>False when the life is over.</returns>
    public bool NextBlock()
    {
        Begins = null;
        if (limitReached || (doneInSegment >= samplesInSegment && !BeginSegment()))
            return false;
        var count = (int)Math.Min(BlockSamples, samplesInSegment - doneInSegment);
        filled = 0;
        while (filled < count && !limitReached)
        {
            if (IsExact())
                Emit(voltage.Volts(SecondsOf(doneInSegment + 1)), 1);
            else
                Emit(voltage.Volts(SecondsOf(doneInSegment + Math.Min(knot, count - filled))), Math.Min(knot, count - filled));
        }

        points.Patch(block.AsSpan(0, filled), segment);
        if (events is not null)
            filled = events.Keep(block.AsSpan(0, filled), Begins is not null);
        return true;
    }

    private bool BeginSegment()
    {
        do
        {
            var end = startNanoseconds + (samplesInSegment * Cell.Sampling.PeriodNanoseconds);
            if (!plan.MoveNext() || end * 1e-9 >= endSeconds)
                return false;
            segment = plan.Current;
            startNanoseconds = end;
            samplesInSegment = Math.Max(1, (long)(segment.Seconds / Cell.Sampling.PeriodSeconds));
            doneInSegment = 0;
            voltage.Begin(segment, end * 1e-9);
            ArmFault();
            doneInSegment = segment.Kind == PlannedKind.Gap ? samplesInSegment : 0;
        }
        while (segment.Kind == PlannedKind.Gap);

        sweepHertz = random.LogUniform(0.02, 0.4) / Cell.Sampling.PeriodSeconds;
        Begins = Segments.Of(segment, startNanoseconds, clean, ++segments);
        return true;
    }

    private void ArmFault()
    {
        if (fault is null || double.IsFinite(fault.OnsetSeconds) || segment.Kind != PlannedKind.Current || segment.HalfCycle < fault.Leg)
            return;
        // Between two readings, where nothing is known about the clock of the cell.
        fault.Arm((startNanoseconds * 1e-9) + (((long)(fault.Phase * samplesInSegment) + random.Uniform()) * Cell.Sampling.PeriodSeconds));
    }

    private double SecondsOf(long number) => (startNanoseconds + (number * Cell.Sampling.PeriodNanoseconds)) * 1e-9;

    private bool IsExact() => doneInSegment < ExactSamples || segment.IsSweep
        || (fault is not null && SecondsOf(doneInSegment + knot) >= fault.OnsetSeconds);

    private void Emit(double end, int count)
    {
        var slope = (end - clean) / count;
        var level = count == 1 ? end - slope : clean;
        var sigma = Math.Sqrt((Cell.NoiseVolts * Cell.NoiseVolts) + (Cell.ProportionalNoise * Cell.ProportionalNoise * end * end));
        var set = segment.AmperesAt(doneInSegment * Cell.Sampling.PeriodSeconds) * Cell.CurrentGain;
        var currentNoise = 1e-4 * Math.Max(Cell.Amperes, Math.Abs(set));
        double? celsius = Cell.MeasuresTemperature ? voltage.Celsius : null;
        var offset = Cell.OffsetVolts + points.OffsetVolts;
        for (var i = 0; i < count; i++)
        {
            level += slope;
            doneInSegment++;
            var time = startNanoseconds + (doneInSegment * Cell.Sampling.PeriodNanoseconds);
            var volts = level + offset + (sigma * random.Normal());
            var amperes = set + (currentNoise * random.RoughlyNormal());
            if (Cell.MainsVolts > 0)
                volts += Cell.MainsVolts * Math.Sin(2 * Math.PI * MainsHertz * time * 1e-9);
            if (segment.IsSweep)
            {
                var swing = segment.SwingAmperes(Cell) * Math.Sin(2 * Math.PI * sweepHertz * time * 1e-9);
                amperes += swing;
                volts += swing * voltage.Ohms;
            }

            block[filled++] = new Sample(time, Math.Round(volts * fromQuantum) * Cell.QuantumVolts, amperes, celsius);
        }

        if (HealthyVoltsAtOnset is null && fault is not null && SecondsOf(doneInSegment) >= fault.OnsetSeconds)
            HealthyVoltsAtOnset = voltage.HealthyVolts;
        clean = end;
        limitReached = Math.Abs(end) > LimitVolts;
    }
}
