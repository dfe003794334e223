using CyclerControl.Benchmarks.Detection.Baselines;
using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Scoring;

/// <summary>When something was said after the onset; 1 sample is the first one that shows the fault.</summary>
internal readonly record struct Delay(long Samples, double Seconds);

/// <summary>What was said about one life with a fault.</summary>
internal sealed class FaultScore
{
    private const double ArmingFloors = 5;
    private const double FloorVolts = 0.5e-3;
    private const double FloorSigmas = 4;
    private const double OffsetLeft = 0.2;

    public required string Name { get; init; }

    public required FaultGroup Group { get; init; }

    public required CellKind Cell { get; init; }

    /// <summary>The detector said that it would see a hard short.</summary>
    public bool Armed { get; private set; }

    /// <summary>It should have: the healthy voltage is above five floors, from the truth.</summary>
    public bool Observable { get; private set; }

    /// <summary>What a drop takes, in standard deviations of a reading.</summary>
    public double Sigmas { get; private set; }

    /// <summary>The first abort.</summary>
    public Delay? Abort { get; private set; }

    /// <summary>The first finding that is no contact loss.</summary>
    public Delay? Flag { get; private set; }

    /// <summary>The first one that carries the word short.</summary>
    public Delay? CalledShort { get; private set; }

    public Delay? CalledContactLoss { get; private set; }

    /// <summary>Findings before the onset.</summary>
    public int Early { get; private set; }

    public long SamplesAfter { get; private set; }

    public required Delay?[] Baselines { get; init; }

    public string What { get; private set; } = "nothing";

    public string WhatShort { get; private set; } = "nothing";

    public static FaultScore Of(FaultGroup group, long seed, long index)
    {
        var life = Streams.Faulty(seed, group, index);
        var fault = life.Fault!;
        var score = new FaultScore
        {
            Name = FormattableString.Invariant($"--seed {seed} {group.Name} case {index}"),
            Group = group,
            Cell = life.Cell.Kind,
            Baselines = new Delay?[BaselineBank.Names.Length],
        };
        var detector = new ShortCircuitDetector(life.Cell.Spec, life.Cell.StatedOffsetVolts);
        var bank = new BaselineBank(life.Cell);
        while (life.NextBlock() && life.Planned.HalfCycle <= fault.Leg + group.LegsAfter)
        {
            if (life.Begins is { } segment)
            {
                if (segment.HalfCycle > fault.Leg && group.LegsAfter == 0)
                    break;
                detector.BeginSegment(segment);
                bank.Begin(life.Planned, segment.StartNanoseconds * 1e-9);
            }

            foreach (ref readonly var sample in life.Samples)
            {
                if (sample.TimeSeconds >= fault.OnsetSeconds && ++score.SamplesAfter == 1)
                    score.Begin(life, detector);
                if (detector.Observe(new ReadOnlySpan<Sample>(in sample)) is { } found)
                    score.Note(found, fault);
                var alarms = bank.Observe(sample);
                if (alarms != 0 && score.SamplesAfter > 0)
                    score.Note(alarms, sample.TimeSeconds - fault.OnsetSeconds);
            }
        }

        return score;
    }

    private void Begin(CellLife life, ShortCircuitDetector detector)
    {
        Armed = detector.Arming.Armed;
        var healthy = Math.Abs(life.HealthyVoltsAtOnset!.Value);
        var sigma = life.Cell.SigmaVolts(healthy);
        var offset = (life.Cell.Kind == CellKind.Symmetric ? OffsetLeft : 1) * life.Cell.StatedOffsetVolts;
        Observable = healthy >= ArmingFloors * (FloorVolts + offset + (FloorSigmas * sigma));
        Sigmas = (Group.Fraction ?? 0) * healthy / sigma;
    }

    private void Note(DetectionEvent found, Fault fault)
    {
        if (SamplesAfter == 0)
        {
            Early++;
            return;
        }

        var delay = new Delay(SamplesAfter, found.TimeSeconds - fault.OnsetSeconds);
        var what = FormattableString.Invariant(
            $"rule {found.Rule} {found.Kind} {found.Severity} after {delay.Samples} samples at {found.TimeSeconds:0.###} s, V {found.Volts:0.#####} expected {found.ExpectedVolts:0.#####}, onset {fault.OnsetSeconds:0.###} s");
        What = What == "nothing" ? what : What;
        if (found.Severity == DetectionSeverity.Abort)
            Abort ??= delay;
        if (found.Kind is DetectionKind.ContactLoss or DetectionKind.PolarisationRunaway)
            CalledContactLoss ??= delay;
        else if (found.Kind != DetectionKind.NotObservable)
            Flag ??= delay;
        if (CallsItShort(found.Kind))
        {
            CalledShort ??= delay;
            WhatShort = WhatShort == "nothing" ? what : WhatShort;
        }
    }

    private void Note(uint alarms, double seconds)
    {
        for (; alarms != 0; alarms &= alarms - 1)
            Baselines[System.Numerics.BitOperations.TrailingZeroCount(alarms)] ??= new Delay(SamplesAfter, seconds);
    }

    private static bool CallsItShort(DetectionKind kind) => kind
        is DetectionKind.HardShort or DetectionKind.SoftShort or DetectionKind.TelegraphShort or DetectionKind.OhmicFloorShort or DetectionKind.FullCellShort;
}
