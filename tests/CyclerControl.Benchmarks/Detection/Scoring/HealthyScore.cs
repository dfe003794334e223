using CyclerControl.Benchmarks.Detection.Baselines;
using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;

namespace CyclerControl.Benchmarks.Detection.Scoring;

/// <summary>What was said about one healthy life, all of it wrong.</summary>
internal sealed class HealthyScore
{
    private readonly List<string> findings = [];

    public long Samples { get; private set; }

    public double Hours { get; private set; }

    public int Aborts { get; private set; }

    public int Alarms { get; private set; }

    /// <summary>Of them, those within an hour of a nuisance that changes the cell or its leads.</summary>
    public int AlarmsAtNuisances { get; private set; }

    /// <summary>Half-cycles in which each baseline alarmed; null if they did not watch.</summary>
    public int[]? Baselines { get; private init; }

    /// <summary>One line for each alarm, with the life that reproduces it.</summary>
    public IReadOnlyList<string> Findings => findings;

    public static HealthyScore Of(CellLife life, string name, bool baselines)
    {
        var score = new HealthyScore { Baselines = baselines ? new int[BaselineBank.Names.Length] : null };
        var detector = new ShortCircuitDetector(life.Cell.Spec, life.Cell.StatedOffsetVolts);
        var bank = baselines ? new BaselineBank(life.Cell) : null;
        var told = 0u;
        var halfCycle = 0;
        var end = 0.0;
        while (life.NextBlock())
        {
            if (life.Begins is { } segment)
            {
                detector.BeginSegment(segment);
                bank?.Begin(life.Planned, segment.StartNanoseconds * 1e-9);
                told = halfCycle == segment.HalfCycle ? told : 0;
                halfCycle = segment.HalfCycle;
            }

            foreach (ref readonly var sample in life.Samples)
            {
                if (detector.Observe(new ReadOnlySpan<Sample>(in sample)) is { } found)
                    score.Note(found, life, name);
                if (bank is not null)
                    score.Note(bank.Observe(sample), ref told);
            }

            score.Samples += life.Samples.Length;
            end = life.Samples.IsEmpty ? end : life.Samples[^1].TimeSeconds;
        }

        score.Hours = end / 3600;
        return score;
    }

    private void Note(DetectionEvent found, CellLife life, string name)
    {
        Alarms++;
        Aborts += found.Severity == DetectionSeverity.Abort ? 1 : 0;
        var before = life.Nuisances.Before(found.TimeSeconds);
        AlarmsAtNuisances += before is null ? 0 : 1;
        var cause = before is { } nuisance ? FormattableString.Invariant($"{nuisance.Kind} of {nuisance.Size:0.###} at {nuisance.Seconds:0} s") : "nothing special";
        findings.Add(FormattableString.Invariant(
            $"{(found.Severity == DetectionSeverity.Abort ? "FALSE ABORT" : "false alarm")} {name} {life.Cell.Kind} half-cycle {life.Planned.HalfCycle} {life.Planned.Kind} | after {cause} | rule {found.Rule} {found.Kind} {found.Severity} at {found.TimeSeconds:0.###} s, onset {found.OnsetSeconds:0.###}, V {found.Volts:0.#####} expected {found.ExpectedVolts:0.#####}, level {life.Cell.LevelVolts:0.#####}, statistic {found.Statistic:0.###} of {found.Threshold:0.###}"));
    }

    private void Note(uint alarms, ref uint told)
    {
        for (var fresh = alarms & ~told; fresh != 0; fresh &= fresh - 1)
            Baselines![System.Numerics.BitOperations.TrailingZeroCount(fresh)]++;
        told |= alarms;
    }
}
