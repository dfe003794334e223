using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>What touches single readings: knocks, range switches, moments without current, a lead taken off. Works on blocks in order of time.</summary>
internal sealed class PointNuisances
{
    /// <summary>Chance that something shorter than a sample period shows in a reading.</summary>
    private const double SeenChance = 0.3;

    private readonly CellDraw cell;
    private readonly Nuisance[] events;
    private readonly SeededRandom random;
    private readonly ICellVoltage voltage;
    private int next;

    public PointNuisances(CellDraw cell, NuisanceSchedule nuisances, SeededRandom random, ICellVoltage voltage)
    {
        this.cell = cell;
        events = nuisances.Points;
        this.random = random;
        this.voltage = voltage;
    }

    /// <summary>What the present range adds to the channel's offset, V.</summary>
    public double OffsetVolts { get; private set; }

    public void Patch(Span<Sample> block, in PlannedSegment segment)
    {
        if (block.IsEmpty)
            return;
        for (; next < events.Length && events[next].Seconds <= block[^1].TimeSeconds; next++)
        {
            ref readonly var one = ref events[next];
            var first = FirstAt(block, one.Seconds);
            if (segment.Kind is not (PlannedKind.Current or PlannedKind.BiasedSweep) || first == block.Length)
                continue;
            if (one.Kind == NuisanceKind.RangeSwitch)
                OffsetVolts = one.Size;
            var end = FirstAt(block, one.Seconds + one.Duration);
            if (end == first && random.Chance(SeenChance))
                end = first + 1;
            for (var i = first; i < end; i++)
                block[i] = Touched(block[i], one, segment, i == first);
        }
    }

    private static int FirstAt(ReadOnlySpan<Sample> block, double seconds)
    {
        var low = 0;
        var high = block.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (block[middle].TimeSeconds < seconds)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private Sample Touched(in Sample sample, in Nuisance one, in PlannedSegment segment, bool first)
    {
        var open = voltage.OpenVolts(sample.Volts);
        switch (one.Kind)
        {
            case NuisanceKind.Knock:
                return sample with { Volts = sample.Volts + (Math.Sign(segment.Amperes) * one.Size * random.Uniform(0.1, 1)) };
            case NuisanceKind.RangeSwitch when first:
                // Voltage and current are not read at the same moment: one of them may be of before.
                var part = random.Uniform();
                return sample with { Volts = open + (part * (sample.Volts - open)), Amperes = random.Chance(0.5) ? part * sample.Amperes : sample.Amperes };
            case NuisanceKind.ZeroCurrent or NuisanceKind.Reseat or NuisanceKind.RangeSwitch:
                return sample with { Volts = open + (cell.NoiseVolts * random.Normal()), Amperes = 1e-4 * cell.Amperes * random.RoughlyNormal() };
            default:
                return sample;
        }
    }
}
