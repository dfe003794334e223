using CyclerControl.Benchmarks.Detection.Baselines;
using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Benchmarks.Detection.Scoring;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection;

/// <summary>The figures in the order and under the names that docs/benchmarks.md explains.</summary>
internal static class DetectionReport
{
    public static Report Write(HealthyCorpus healthy, FaultCorpus faults, EfficiencyFigures efficiency)
    {
        var all = healthy.All;
        var report = Scores(all.Samples, all.Years, all.Aborts, all.Alarms, all.Hours, faults, efficiency.LeastLearnt, new Answers(
            score => score.Abort, score => score.Flag, score => score.CalledShort));
        return report
            .Add("false_aborts_per_channel_year_at_most", 3.0 / all.Years)
            .Add("false_alarms", all.Alarms)
            .Add("false_alarms_within_an_hour_of_a_nuisance", all.AlarmsAtNuisances)
            .Add("hard_cases", faults.ArmedHard.Count())
            .Add("hard_beyond_2_samples", faults.ArmedHard.Count(score => score.Abort is null or { Samples: > 2 }))
            .Add("unarmed_though_observable", faults.UnarmedHard.Count(score => score.Observable))
            .Add("drops_5pct_10_sigma", faults.ClearDrops.Count())
            .Add("drops_5pct_beyond_5_samples", faults.ClearDrops.Count(score => score.Flag is null or { Samples: > 5 }))
            .Add("contact_loss_cases", faults.NotShorts.Count())
            .Add("contact_loss_recognised", faults.NotShorts.Count(score => score.CalledContactLoss is not null))
            .Add("healthy", Healthy(healthy))
            .Add("delays", Delays(faults))
            .Add("efficiency", Efficiency(efficiency))
            .Add("baselines", Baselines(all, faults, efficiency));
    }

    private static Report Scores(
        long samples, double years, long aborts, long alarms, double hours, FaultCorpus faults, double efficiency, Answers answers) =>
        HealthySum.Rate(
                new Report().Add("healthy_samples", samples).Add("channel_years", years).Add("false_aborts", aborts), alarms, hours)
            .Add("missed_hard", faults.ArmedHard.Count(score => answers.Hard(score) is null))
            .Add("unobservable_hard", faults.UnarmedHard.Count())
            .Add("delay_hard_p99_samples", new Percentiles(faults.ArmedHard.Select(score => (double?)answers.Hard(score)?.Samples)).At(0.99))
            .Add("delay_5pct_p99_samples", new Percentiles(faults.ClearDrops.Select(score => (double?)answers.Flag(score)?.Samples)).At(0.99))
            .Add("efficiency_min", efficiency)
            .Add("contact_loss_as_short", faults.NotShorts.Count(score => answers.Short(score) is not null));

    private static Report Healthy(HealthyCorpus healthy)
    {
        var report = new Report();
        foreach (var (sampling, sum) in healthy.Sums)
        {
            report.Add(sampling.Name, HealthySum.Rate(
                new Report().Add("samples", sum.Samples).Add("channel_years", sum.Years).Add("false_aborts", sum.Aborts), sum.Alarms, sum.Hours));
        }

        return report;
    }

    private static Report Delays(FaultCorpus faults)
    {
        var report = new Report();
        foreach (var group in faults.Scores.GroupBy(score => score.Group))
        {
            var part = new Report();
            foreach (var kind in Enum.GetValues<CellKind>())
            {
                var scores = group.Where(score => score.Cell == kind && (group.Key.Kind != FaultKind.HardShort || score.Armed)).ToArray();
                var seen = scores.Select(score => group.Key.Kind switch
                {
                    FaultKind.HardShort => score.Abort,
                    < FaultKind.ContactLoss => score.Flag,
                    _ => score.CalledContactLoss,
                }).ToArray();
                var samples = new Percentiles(seen.Select(delay => (double?)delay?.Samples));
                var seconds = new Percentiles(seen.Select(delay => (double?)delay?.Seconds));
                part.Add(kind.ToString().ToLowerInvariant(), new Report()
                    .Add("cases", samples.Count)
                    .Add("missed", samples.Missed)
                    .Add("samples", samples.Report("samples"))
                    .Add("seconds", seconds.Report("s")));
            }

            report.Add(group.Key.Name, part);
        }

        return report;
    }

    private static Report Efficiency(EfficiencyFigures efficiency)
    {
        var report = new Report()
            .Add("bank_run_length_samples", efficiency.Calibration.RunLength)
            .Add("bank_run_length_alarms", efficiency.Calibration.Alarms)
            .Add("efficiency_min_known_baseline", efficiency.LeastKnown)
            .Add("loss_from_learning_max", efficiency.Bank.Max(one => 1 - (one.Learnt / one.Known)));
        foreach (var one in efficiency.Bank)
        {
            report.Add(FormattableString.Invariant($"step_{one.Step:0.#}_sigma"), new Report()
                .Add("matched_samples", one.MatchedRunLength)
                .Add("known_samples", one.KnownDelay)
                .Add("learnt_samples", one.LearntDelay)
                .Add("known", one.Known)
                .Add("learnt", one.Learnt)
                .Add("learning_samples", one.LearningSamples));
        }

        return report;
    }

    private static Report Baselines(HealthySum all, FaultCorpus faults, EfficiencyFigures efficiency)
    {
        var report = new Report();
        for (var i = 0; i < BaselineBank.Names.Length; i++)
        {
            var (index, name) = (i, BaselineBank.Names[i]);
            var known = efficiency.Baselines.GetValueOrDefault(name);
            Delay? Answer(FaultScore score) => score.Baselines[index];
            var part = Scores(
                all.BaselineSamples, all.BaselineHours / 8766, all.Baselines[i], all.Baselines[i], all.BaselineHours, faults, known?.Least ?? double.NaN, new Answers(Answer, Answer, Answer));
            report.Add(name, part.Add("run_length_on_noise_samples", known?.RunLength ?? double.NaN));
        }

        return report;
    }

    /// <summary>Which answer of a detector counts for what; a baseline has only one.</summary>
    private sealed record Answers(Func<FaultScore, Delay?> Hard, Func<FaultScore, Delay?> Flag, Func<FaultScore, Delay?> Short);
}
