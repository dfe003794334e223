using CyclerControl.Acquisition.Links;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>
/// How late samples are: links with their threads, sockets, dialect, limits, detector and engine, a recorder that keeps nothing, against the
/// simulator in another process; beside it a loop in C that only keeps the beat, once more as one that also asks the instruments. Alternating
/// blocks; percentiles over all blocks, the median of their ratios.
/// </summary>
internal static class SamplingBenchmark
{
    private const int Blocks = 5;
    private const int ChannelsPerLink = 8;
    private const double WarmSeconds = 2;

    public static readonly BenchmarkOption[] Options =
    [
        new("--channels", 8, 1, 256),
        new("--rate", 1000, 0.1, 1000),
        new("--seconds", 60, 0.5, 86_400),
        new("--links", 0, 0, 256),
    ];

    public static Report Run(BenchmarkOptions options)
    {
        var channels = (int)options["--channels"];
        var rate = options["--rate"];
        var links = options["--links"] > 0 ? (int)options["--links"] : (channels + ChannelsPerLink - 1) / ChannelsPerLink;
        if (channels > links * ChannelsPerLink || links > channels)
            throw new InvalidOperationException($"{channels} channels do not fit on {links} links of 1 to {ChannelsPerLink}; leave --links out");
        var seconds = options["--seconds"] * options["--scale"] / Blocks;
        using var floor = new FloorLoop();
        using var simulator = SimulatorProcess.Start(links, isUndisturbed: false);
        SampledBlock.Run(simulator, channels, rate, Math.Min(WarmSeconds, seconds));
        var figures = new SamplingFigures(channels);
        for (var block = 0; block < Blocks; block++)
        {
            var (bare, asking) = (new LatenessHistogram(), new LatenessHistogram());
            var ours = SampledBlock.Run(simulator, channels, rate, seconds);
            floor.Run(links, rate, seconds, bare, []);
            floor.Run(links, rate, seconds, asking, simulator.Instruments.Select(i => i.Connect.Port));
            figures.Add(ours, bare, asking);
        }

        return figures.Report();
    }
}
