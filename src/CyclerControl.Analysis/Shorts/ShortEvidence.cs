using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Shorts;

/// <summary>The first short of a run, and the first hard one where a soft one came before it.</summary>
internal sealed record ShortEvidence(DetectionEvent? First, ShortKind FirstKind, DetectionEvent? FirstHard)
{
    public static ShortEvidence Of(IReadOnlyList<RunEvent> events, RunEnding? ending)
    {
        var shorts = events
            .Where(e => e.Detection is not null)
            .Select(e => e.Detection!)
            .Where(d => ShortResult.KindOf(d) is not null)
            .ToList();
        if (ending?.Short is { } last && DetectionWords.IsShort(last.Kind) && !shorts.Contains(last))
        {
            shorts.Add(last); // it ended the run, so it counts whatever its rule says of itself
        }

        var ordered = shorts.OrderBy(d => d.TimeSeconds).ToList();
        if (ordered.Count == 0)
        {
            return new ShortEvidence(null, ShortKind.Hard, null);
        }

        var kind = Kind(ordered[0]);
        var hard = kind == ShortKind.Soft ? ordered.Find(d => Kind(d) == ShortKind.Hard) : null;
        return new ShortEvidence(ordered[0], kind, hard);
    }

    private static ShortKind Kind(DetectionEvent detection) =>
        detection.Kind == DetectionKind.HardShort ? ShortKind.Hard : ShortKind.Soft;
}
