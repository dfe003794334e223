using CyclerControl.Benchmarks.Detection.Corpus;

namespace CyclerControl.Benchmarks.Detection.Scoring;

/// <summary>All lives with a planted fault, and what was said about them.</summary>
internal sealed record FaultCorpus(IReadOnlyList<FaultScore> Scores)
{
    private const double YearsOfCases = 3;
    private const double MostCases = 10;
    private const double LeastSigmas = 10;
    private const double LeastFraction = 0.05;

    /// <summary>Hard shorts that the detector said it would see.</summary>
    public IEnumerable<FaultScore> ArmedHard => Scores.Where(score => score.Group.Kind == FaultKind.HardShort && score.Armed);

    public IEnumerable<FaultScore> UnarmedHard => Scores.Where(score => score.Group.Kind == FaultKind.HardShort && !score.Armed);

    /// <summary>Drops at 1 Hz of 5 % or more that are also 10 sigma or more.</summary>
    public IEnumerable<FaultScore> ClearDrops => Scores.Where(score =>
        score.Group is { Kind: FaultKind.Drop, Fraction: >= LeastFraction } && score.Group.Sampling == SamplingScheme.OneHertz && score.Sigmas >= LeastSigmas);

    public IEnumerable<FaultScore> NotShorts => Scores.Where(score =>
        score.Group.Kind is FaultKind.ContactLoss or FaultKind.ContactReturn or FaultKind.Polarisation);

    /// <summary>What the detector's owner wants to see first.</summary>
    public IEnumerable<string> Findings =>
    [
        .. NotShorts.Where(score => score.CalledShort is not null).Select(score => $"CALLED A SHORT {score.Name} {score.Cell}: {score.WhatShort}"),
        .. ArmedHard.Where(score => score.Abort is null or { Samples: > 2 }).Select(score => $"HARD MISSED OR LATE {score.Name} {score.Cell}: {Late(score.Abort)}, first {score.What}"),
        .. UnarmedHard.Where(score => score.Observable).Select(score => $"HARD NOT ARMED THOUGH OBSERVABLE {score.Name} {score.Cell}: {Late(score.Abort)}, first {score.What}"),
        .. ClearDrops.Where(score => score.Flag is null or { Samples: > 5 })
            .Select(score => FormattableString.Invariant($"DROP MISSED OR LATE {score.Name} {score.Cell} {score.Sigmas:0} sigma, {(score.Armed ? "armed" : "not armed")}, early findings {score.Early}: {Late(score.Flag)}")),
    ];

    public static FaultCorpus Score(long seed, double years, int threads)
    {
        var share = Math.Min(years / YearsOfCases, MostCases);
        var cases = FaultGroup.All
            .SelectMany(group => Enumerable.Range(0, Math.Max(3, (int)(group.Cases * share))).Select(index => (group, index)))
            .ToArray();
        var scores = new FaultScore[cases.Length];
        Parallel.For(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => scores[i] = FaultScore.Of(cases[i].group, seed, cases[i].index));
        return new FaultCorpus([.. scores.Where(score => score.SamplesAfter > 0)]);
    }

    private static string Late(Delay? delay) => delay is { } known ? FormattableString.Invariant($"{known.Samples} samples, {known.Seconds:0.###} s") : "never";
}
