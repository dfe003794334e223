using System.Collections.Immutable;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>
/// A ramp of which the channel holds only the next levels: a ring of places that a loop goes through again and again, each written anew, by an update of its
/// parameters, when the level in it is over. The place behind the running one is always closed: whoever comes there without us is stopped.
/// </summary>
internal sealed record RampWindow
{
    /// <summary>Index of the ramp in the program.</summary>
    public required int Node { get; init; }

    /// <summary>Levels of the ramp that stand unrolled before the window.</summary>
    public required int Before { get; init; }

    /// <summary>Index of the first technique.</summary>
    public required int First { get; init; }

    /// <summary>How many levels stand on the channel at once, the closed place included.</summary>
    public required int Places { get; init; }

    /// <summary>The techniques of each level, as many and of the same kinds in each; a multiple of <see cref="Places"/>.</summary>
    public required ImmutableArray<ImmutableArray<Technique>> Levels { get; init; }

    /// <summary>Which technique of a level lets nobody in while the place is closed: the first with a set current. What stands before it is a rest or a hold of the protocol.</summary>
    public required int Gate { get; init; }

    /// <summary>For so long, s, it runs without us: levels ahead of the running one, the shortest of them, where none ends before its time.</summary>
    public required double AloneSeconds { get; init; }

    /// <summary>Techniques of a level.</summary>
    public int Size => Levels[0].Length;

    /// <summary>Levels that stand behind the running one and can be run: neither itself nor the closed place.</summary>
    public int Ahead => Places - 2;

    public bool Contains(int index) => index >= First && index < First + (Size * Places);

    public int PlaceOf(int index) => (index - First) / Size;

    /// <summary>Which technique of its level it is.</summary>
    public int OffsetOf(int index) => (index - First) % Size;

    /// <summary>Index of the first technique of a level.</summary>
    public int IndexOf(int level) => First + (level % Places * Size);

    /// <summary>Level in the window of a run that has come so far; 0 where it is not in this ramp.</summary>
    public int LevelAt(ScheduleProgress reached) => reached.Loop == Node ? (int)Math.Max(0, reached.Pass - Before) : 0;

    /// <summary>What closes the place of a level: 0 A, and a test that is always true.</summary>
    public ImmutableArray<EccParameter> Closed(int level) => TechniqueParameters.Closed(Levels[level][Gate].Parameters);
}
