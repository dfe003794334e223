using CyclerControl.Benchmarks.Detection.Baselines;
using CyclerControl.Benchmarks.Detection.Theory;

namespace CyclerControl.Benchmarks.Detection.Scoring;

/// <summary>Alarms of many healthy lives. Baselines watch only some of them.</summary>
internal sealed record HealthySum(
    long Samples, double Hours, long Aborts, long Alarms, long AlarmsAtNuisances, long BaselineSamples, double BaselineHours, long[] Baselines)
{
    private const double HoursPerYear = 8766;

    public double Years => Hours / HoursPerYear;

    public static HealthySum Of(IReadOnlyCollection<HealthyScore> scores)
    {
        var watched = scores.Where(score => score.Baselines is not null).ToArray();
        return new HealthySum(
            scores.Sum(score => score.Samples),
            scores.Sum(score => score.Hours),
            scores.Sum(score => (long)score.Aborts),
            scores.Sum(score => (long)score.Alarms),
            scores.Sum(score => (long)score.AlarmsAtNuisances),
            watched.Sum(score => score.Samples),
            watched.Sum(score => score.Hours),
            [.. BaselineBank.Names.Select((_, i) => watched.Sum(score => (long)score.Baselines![i]))]);
    }

    public static HealthySum Of(IEnumerable<HealthySum> sums)
    {
        var all = sums.ToArray();
        return new HealthySum(
            all.Sum(sum => sum.Samples),
            all.Sum(sum => sum.Hours),
            all.Sum(sum => sum.Aborts),
            all.Sum(sum => sum.Alarms),
            all.Sum(sum => sum.AlarmsAtNuisances),
            all.Sum(sum => sum.BaselineSamples),
            all.Sum(sum => sum.BaselineHours),
            [.. BaselineBank.Names.Select((_, i) => all.Sum(sum => sum.Baselines[i]))]);
    }

    /// <summary>Alarms per 1,000 channel-hours with the exact 95 % interval, for the keys of the report.</summary>
    public static Report Rate(Report report, long alarms, double hours) => report
        .Add("false_alarms_per_1000_channel_hours", 1000 * alarms / hours)
        .Add("ci_low", 1000 * PoissonInterval.Low(alarms) / hours)
        .Add("ci_high", 1000 * PoissonInterval.High(alarms) / hours);
}
