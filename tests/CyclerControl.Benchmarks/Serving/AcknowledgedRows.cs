using CyclerControl.Client.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>What a service had reported as durable, beside what its run files hold after it was killed, and at the end.</summary>
internal sealed class AcknowledgedRows(string data)
{
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(long Seq, SampleRow Row)>> marks = new(StringComparer.Ordinal);

    /// <summary>Rows that had been acknowledged and are not there, or are others.</summary>
    public long Lost { get; private set; }

    /// <summary>Rows that stand twice, and steps that were executed again.</summary>
    public long Duplicates { get; private set; }

    public long Rows { get; private set; }

    /// <summary>Rows of all runs that a service had reported as durable.</summary>
    public long Acknowledged => seen.Values.Sum();

    public long Steps { get; private set; }

    public void Remember(IReadOnlyList<ChannelStatus> channels)
    {
        foreach (var channel in channels)
        {
            if (channel.RunId is { } run)
                seen[run] = Math.Max(seen.GetValueOrDefault(run), channel.DurableSeq);
        }
    }

    /// <summary>With nobody at the files: counts, and keeps the last acknowledged row to compare it again.</summary>
    public void CompareAfterKill()
    {
        foreach (var (run, durable) in seen)
        {
            using var reader = Open(run);
            Lost += Math.Max(0, durable - reader.SampleRows);
            if (durable > 0 && reader.EnumerateSamples(durable - 1).FirstOrDefault() is { TimeNanoseconds: > 0 } row)
            {
                if (!marks.TryGetValue(run, out var list))
                    marks[run] = list = [];
                list.Add((durable, row));
            }
        }
    }

    public void CompareAtTheEnd()
    {
        CompareAfterKill();
        foreach (var run in seen.Keys)
        {
            using var reader = Open(run);
            var rows = reader.EnumerateSamples().ToList();
            Rows += rows.Count;
            Lost += marks.GetValueOrDefault(run, []).Count(mark => mark.Seq > rows.Count || rows[(int)mark.Seq - 1] != mark.Row);
            Duplicates += rows.Zip(rows.Skip(1)).Count(pair => pair.Second.TimeNanoseconds <= pair.First.TimeNanoseconds || pair.Second.StepCount < pair.First.StepCount);
            var steps = reader.Steps;
            Steps += steps.Count;
            Duplicates += steps.Where((step, i) => step.StepCount != i + 1 || step.Path != steps[i % 2].Path).Count();
        }
    }

    private RunFileReader Open(string run) => RunFileReader.Open(Path.Combine(data, "runs", run));
}
