using CyclerControl.Acquisition.Runners;

namespace CyclerControl.Benchmarks.Abort;

/// <summary>
/// How long a short burns where our own cycler's socket is not the way: a source-measure unit at 9600 baud, and two instruments that run by themselves
/// and whose record is fetched. In real time; the simulated instruments are in this process, on the links' clock.
/// </summary>
internal static class AdapterAbortBenchmark
{
    private const double PatienceSeconds = 60;

    public static readonly BenchmarkOption[] Options =
    [
        new("--shorts", 40, 1, 100_000),
        BenchmarkOption.Flag("--serial"),
        BenchmarkOption.Flag("--neware"),
        BenchmarkOption.Flag("--biologic"),
    ];

    public static Report Run(BenchmarkOptions options)
    {
        var wanted = Math.Max(1, (int)(options["--shorts"] * options["--scale"]));
        var everything = Options.All(option => !option.IsFlag || options[option.Name] == 0);
        var report = new Report();
        foreach (var (name, open) in new (string Name, Func<int, int, AbortRound> Open)[]
        {
            ("serial", AbortRound.OnSerial),
            ("neware", AbortRound.OnNeware),
            ("biologic", AbortRound.OnBioLogic),
        })
        {
            if (everything || options["--" + name] > 0)
                report.Add(name, Measure(open, wanted));
        }

        return report;
    }

    private static Report Measure(Func<int, int, AbortRound> open, int wanted)
    {
        var shorts = new List<BurntShort>();
        var (missed, stated) = (0, 0.0);
        while (shorts.Count + missed < wanted)
        {
            var done = shorts.Count + missed;
            using var round = open(Math.Min(AbortRound.MostChannels, wanted - done), done + 1);
            stated = round.StatedSeconds;
            var found = Round(round);
            shorts.AddRange(found);
            missed += round.Station.Channels.Count - found.Count;
        }

        return new Report()
            .Add("stated_ms", stated * 1e3)
            .Add("decided_to_off_p50_ms", Percentile.Of(shorts.Select(one => one.OffSeconds - one.DecidedSeconds), 0.5) * 1e3)
            .Add("decided_to_off_max_ms", Percentile.Of(shorts.Select(one => one.OffSeconds - one.DecidedSeconds), 1) * 1e3)
            .Add("short_to_off_p50_ms", Percentile.Of(shorts.Select(one => one.OffSeconds - one.OnsetSeconds), 0.5) * 1e3)
            .Add("short_to_off_max_ms", Percentile.Of(shorts.Select(one => one.OffSeconds - one.OnsetSeconds), 1) * 1e3)
            .Add("missed", missed)
            .Add("shorts", shorts.Count);
    }

    /// <summary>All channels start, each gets one short, and it is the short that ends each.</summary>
    private static List<BurntShort> Round(AbortRound round)
    {
        var station = round.Station;
        var runs = station.Channels.Select(channel => station.Run(channel)).ToArray();
        round.Begin();
        var all = Task.WhenAll(runs);
        if (!all.Wait(TimeSpan.FromSeconds(PatienceSeconds)))
            station.EndAll();
        var results = all.GetAwaiter().GetResult();
        var found = new List<BurntShort>();
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Ending?.Short is { } deciding && round.Truth(i, deciding.TimeSeconds) is { } burnt)
                found.Add(burnt);
            else
                Console.Error.WriteLine($"{station.Channels[i]}, not for a short: {Why(results[i])}");
        }

        return found;
    }

    private static string? Why(RunResult result) => result.Refusal ?? result.Ending?.Reason;
}
