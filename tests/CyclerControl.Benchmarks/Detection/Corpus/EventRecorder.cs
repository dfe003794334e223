using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>Keeps a reading when the voltage moved, and at the latest after some time: what event-based recording leaves.</summary>
internal sealed class EventRecorder
{
    private readonly SamplingScheme sampling;
    private double volts;
    private double seconds;

    public EventRecorder(SamplingScheme sampling) => this.sampling = sampling;

    /// <returns>How many were kept; they stand at the beginning of the block.</returns>
    public int Keep(Span<Sample> block, bool begins)
    {
        var kept = 0;
        for (var i = 0; i < block.Length; i++)
        {
            ref readonly var sample = ref block[i];
            if (!(begins && i == 0) && Math.Abs(sample.Volts - volts) < sampling.EventVolts && sample.TimeSeconds - seconds < sampling.EventSeconds)
                continue;
            volts = sample.Volts;
            seconds = sample.TimeSeconds;
            block[kept++] = sample;
        }

        return kept;
    }
}
