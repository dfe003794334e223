using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>All baselines on one channel.</summary>
internal sealed class BaselineBank
{
    private readonly IBaseline[] baselines = Create();
    private readonly BaselineInput input;

    public BaselineBank(CellDraw cell) => input = new BaselineInput(cell);

    public static string[] Names { get; } = [.. Create().Select(baseline => baseline.Name)];

    public void Begin(in PlannedSegment planned, double seconds)
    {
        input.Begin(planned, seconds);
        foreach (var baseline in baselines)
            baseline.Reset();
    }

    /// <returns>One bit for each baseline that alarms, in the order of <see cref="Names"/>.</returns>
    public uint Observe(in Sample sample)
    {
        if (!input.Prepare(sample, out var reading))
            return 0;
        var alarms = 0u;
        for (var i = 0; i < baselines.Length; i++)
            alarms |= baselines[i].Observe(reading) ? 1u << i : 0;
        return alarms;
    }

    private static IBaseline[] Create() => [new VoltageWindow(), new VoltageStep(), new PageHinkley(), new Adwin(), new MovingMean()];
}
