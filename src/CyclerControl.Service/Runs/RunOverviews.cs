using System.Collections.Concurrent;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Service.Runs;

/// <summary>The overviews of runs that somebody looks at; the least recently used go when there are many.</summary>
public sealed class RunOverviews
{
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>Rows of a run between two test times, in at most so many pieces.</summary>
    /// <param name="fromSeconds">Null: from the first row.</param>
    /// <param name="toSeconds">Null: to the last.</param>
    public IReadOnlyList<SampleBucket> Decimate(RunFileReader reader, double? fromSeconds, double? toSeconds, int buckets)
    {
        var folder = Path.GetDirectoryName(reader.Path)!;
        var kept = _kept.GetOrAdd(folder, f => new Kept(RunOverview.Load(f)));
        kept.Use = Interlocked.Increment(ref _uses);
        Forget();
        var first = fromSeconds is { } from ? reader.SeqAt((long)Math.Ceiling(from * 1e9)) : 1;
        var last = toSeconds is { } to ? reader.SeqAt((long)Math.Floor(to * 1e9) + 1) - 1 : reader.SampleRows;
        lock (kept)
        {
            return kept.Overview.Decimate(reader, first, last, buckets);
        }
    }

    /// <summary>Keeps the overview of an ended run beside it.</summary>
    public static void Save(string folder)
    {
        using var reader = RunFileReader.Open(folder);
        var overview = RunOverview.Load(folder);
        overview.Extend(reader);
        overview.Save(folder);
    }

    private void Forget()
    {
        while (_kept.Count > MostKept)
        {
            _kept.TryRemove(_kept.MinBy(k => k.Value.Use).Key, out _);
        }
    }

    private sealed class Kept(RunOverview overview)
    {
        public RunOverview Overview { get; } = overview;

        public long Use { get; set; }
    }
}
