using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Makes unrolled ramps fit the memory of a channel: the longest ones become a <see cref="RampWindow"/>.</summary>
/// <param name="most">Techniques that a channel holds.</param>
internal sealed class RampFolding(int most)
{
    /// <summary>The running one, one ahead, and the closed one.</summary>
    private const int LeastPlaces = 3;

    /// <summary>With so much room there is a way for any number of levels: three places, and at most two levels before them.</summary>
    private const int AlwaysEnough = LeastPlaces + LeastPlaces - 1;

    /// <summary>For so long, s, it must be able to go on without us: a link that is found again needs that.</summary>
    private const double LeastAloneSeconds = 60;

    private List<Technique> _techniques = [];
    private readonly List<RampWindow> _windows = [];

    public IReadOnlyList<Technique> Techniques => _techniques;

    public ImmutableArray<RampWindow> Windows => [.. _windows.OrderBy(window => window.First)];

    /// <summary>Null where it cannot be made to fit.</summary>
    public ScheduleRefusal? Refusal { get; private set; }

    public void Run(IReadOnlyList<Technique> techniques, IEnumerable<RampSpan> ramps)
    {
        _techniques = [.. techniques];
        var left = ramps.OrderByDescending(ramp => ramp.Count).ToList();
        while (_techniques.Count > most && Refusal is null)
        {
            if (left.Count == 0)
            {
                Refusal = new ScheduleRefusal("steps", "steps", FormattableString.Invariant(
                    $"the protocol needs {_techniques.Count} techniques, and a channel holds {most} (biologic: techniques in the profile); use fewer steps. Only a ramp that is in no other loop can be written while it runs"));
                return;
            }

            var longest = left[0];
            left.RemoveAt(0);
            var were = _techniques.Count;
            Fold(longest, isLast: left.Count == 0);
            left = [.. left.Select(ramp => ramp.First > longest.First ? ramp with { First = ramp.First + _techniques.Count - were } : ramp)];
        }
    }

    private void Fold(RampSpan ramp, bool isLast)
    {
        // The loop is one technique more.
        var room = (most - (_techniques.Count - ramp.Count) - 1) / ramp.Size;
        var places = Places(ramp.Levels, isLast ? room : Math.Max(room, AlwaysEnough));
        var unrolled = Enumerable.Range(0, ramp.Levels).Select(level => _techniques.GetRange(ramp.First + (level * ramp.Size), ramp.Size)).ToList();
        var gate = unrolled[0].FindIndex(technique => technique.Kind is TechniqueKind.Cp or TechniqueKind.CpLimit);
        if (places is not { } count || gate < 0)
        {
            Refusal = new ScheduleRefusal(ramp.Path, "ramp", FormattableString.Invariant(
                $"its {ramp.Levels} levels of {ramp.Size} techniques do not fit a channel that holds {most} (biologic: techniques in the profile), not even a few at a time, which takes room for up to {AlwaysEnough} levels; use fewer steps"));
            return;
        }

        var before = ramp.Levels % count;
        var first = ramp.First + (before * ramp.Size);
        var alike = Alike(unrolled.Skip(before).ToList(), gate);
        var levels = alike.Select((level, i) => Moved(level, first + (i % count * ramp.Size) - (ramp.First + ((before + i) * ramp.Size)))).ToImmutableArray();
        var window = new RampWindow
        {
            Node = ramp.Node,
            Before = before,
            First = first,
            Places = count,
            Levels = levels,
            Gate = gate,
            AloneSeconds = ShortestRun(levels, count - 2),
        };
        if (window.AloneSeconds < LeastAloneSeconds)
        {
            Refusal = new ScheduleRefusal(ramp.Path, "ramp", FormattableString.Invariant(
                $"a channel that holds {most} techniques (biologic: techniques in the profile) runs {window.AloneSeconds:0.#} s of this ramp by itself, which is too short for a computer to follow ({LeastAloneSeconds:0} s); use longer or fewer levels"));
            return;
        }

        var (end, behind) = (first + (count * ramp.Size), ramp.First + ramp.Count);
        var folded = _techniques.GetRange(0, first);
        folded.AddRange(levels.Take(count - 1).SelectMany(level => level));
        folded.AddRange(levels[count - 1].Select((technique, i) => i == gate ? technique with { Parameters = window.Closed(count - 1) } : technique));
        folded.Add(new Technique { Kind = TechniqueKind.Loop, Parameters = TechniqueParameters.Loop((levels.Length / count) - 1, first) });
        folded.AddRange(Moved(_techniques.GetRange(behind, _techniques.Count - behind), end + 1 - behind, from: behind));
        for (var w = 0; w < _windows.Count; w++)
        {
            _windows[w] = _windows[w].First >= behind ? Moved(_windows[w], end + 1 - behind) : _windows[w];
        }

        _techniques = folded;
        _windows.Add(window);
    }

    /// <summary>As many places as there is room for; what does not come out even stands unrolled before them.</summary>
    private static int? Places(int levels, int room)
    {
        for (var places = Math.Min(room, levels / 2); places >= LeastPlaces; places--)
        {
            if (places + (levels % places) <= room)
            {
                return places;
            }
        }

        return null;
    }

    /// <summary>The same techniques with the same parameters in each level: an update changes values, nothing else.</summary>
    private static List<List<Technique>> Alike(List<List<Technique>> levels, int gate)
    {
        for (var i = 0; i < levels[0].Count; i++)
        {
            var limited = i == gate || levels.Exists(level => level[i].Kind is TechniqueKind.CpLimit or TechniqueKind.CaLimit);
            var steps = levels.Max(level => TechniqueParameters.StepsOf(level[i].Parameters));
            foreach (var level in levels)
            {
                level[i] = level[i] with { Kind = limited ? Limited(level[i].Kind) : level[i].Kind, Parameters = TechniqueParameters.Padded(level[i].Parameters, limited, steps) };
            }
        }

        return levels;
    }

    private static TechniqueKind Limited(TechniqueKind kind) => kind switch
    {
        TechniqueKind.Cp => TechniqueKind.CpLimit,
        TechniqueKind.Ca => TechniqueKind.CaLimit,
        _ => kind,
    };

    /// <summary>Loops go back to an index, which has moved with the technique that stands there.</summary>
    private static ImmutableArray<Technique> Moved(IEnumerable<Technique> techniques, int by, int from = 0) =>
    [
        .. techniques.Select(technique => technique.Kind != TechniqueKind.Loop ? technique : technique with
        {
            Parameters = [.. technique.Parameters.Select(p => p.Label == TechniqueParameters.LoopTo && p.Value >= from ? p with { Value = p.Value + by } : p)],
        }),
    ];

    private static RampWindow Moved(RampWindow window, int by) =>
        window with { First = window.First + by, Levels = [.. window.Levels.Select(level => Moved(level, by))] };

    private static double ShortestRun(ImmutableArray<ImmutableArray<Technique>> levels, int count)
    {
        var seconds = levels.Select(level => level.Sum(technique => technique.Seconds)).ToArray();
        return Enumerable.Range(0, levels.Length - count + 1).Min(i => seconds.Skip(i).Take(count).Sum());
    }
}
