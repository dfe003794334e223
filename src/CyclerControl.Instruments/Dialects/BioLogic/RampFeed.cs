using System.Collections.Immutable;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>
/// What stands in the places of a <see cref="RampWindow"/>, and what has to be written next. At any moment, whatever breaks, the channel meets levels in their
/// order and then a closed place: the place that is over is closed first, and of the levels to come the farthest is written first, into what is closed.
/// </summary>
internal sealed class RampFeed
{
    private const int Closed = -1;
    private const int Unknown = -2;

    /// <summary>Longer than that, s, a closed place does not last.</summary>
    private const double ShutSeconds = 1.5;

    /// <summary>So near to a level, of its size, a current is that level's.</summary>
    private const double Near = 0.05;

    private readonly int[] _places;
    private bool _isSeen;

    /// <param name="fromStart">Loaded by this program just now; else what the places hold is not known.</param>
    /// <param name="level">That the run is known to have reached, from 0 in the window.</param>
    public RampFeed(RampWindow window, bool fromStart, int level)
    {
        Window = window;
        Level = Math.Clamp(level, 0, window.Levels.Length - 1);
        _places = [.. Enumerable.Range(0, window.Places).Select(place => !fromStart ? Unknown : place == window.Places - 1 ? Closed : place)];
    }

    public RampWindow Window { get; }

    /// <summary>That was seen to run last.</summary>
    public int Level { get; private set; }

    /// <summary>The level whose place was closed when the channel came there, and why; null: it has come to none.</summary>
    public (int Level, string Why)? RunOut { get; private set; }

    /// <summary>A technique as it runs now.</summary>
    /// <param name="index">Of the window.</param>
    public Technique At(int index) => Window.Levels[Level][Window.OffsetOf(index)];

    /// <summary>A row of a technique has come: which level is that?</summary>
    /// <param name="index">Of the window.</param>
    /// <param name="amperes">Of the row.</param>
    /// <param name="seconds">Since the technique began, s; infinite where that is not known.</param>
    public RampMeeting Meet(int index, double amperes, double seconds)
    {
        var (place, offset) = (Window.PlaceOf(index), Window.OffsetOf(index));
        var level = Level + ((place - (Level % Window.Places) + Window.Places) % Window.Places);
        level = _isSeen ? level : FirstWith(amperes, level, offset);
        if (level >= Window.Levels.Length)
        {
            return RampMeeting.NotWritten;
        }

        // Closed for what the channel does, whatever this program has written: no current flows, and that only for a moment.
        if (offset == Window.Gate && seconds <= ShutSeconds
            && (_places[place] == Closed || Math.Abs(amperes) < Math.Abs(LevelOf(Window.Levels[level][offset])) / 2))
        {
            RunOut = (level, _places[place] == level
                ? "it did not take the next level, which this computer has written"
                : "this computer had not written the next level, because it was away or could not");
            return RampMeeting.Closed;
        }

        if (offset >= Window.Gate)
        {
            if (_places[place] == Closed)
            {
                return RampMeeting.NotWritten;
            }

            _places[place] = level; // It runs, so it stands there.
        }

        // A rest of a run that was taken up does not say which round it is in: nothing is written before a current does.
        _isSeen |= _places[place] != Unknown;
        (Level, RunOut) = (level, null);
        return RampMeeting.Level;
    }

    /// <summary>Whether a row shows the level that its place held before: an update that was answered well, and did nothing.</summary>
    public bool IsOld(int index, double amperes)
    {
        var technique = At(index);
        if (Level < Window.Places || !IsCurrent(technique))
        {
            return false;
        }

        var (now, old) = (LevelOf(technique), LevelOf(Window.Levels[Level - Window.Places][Window.OffsetOf(index)]));
        return now != old && Math.Abs(amperes - old) < Near * Math.Abs(old) && Math.Abs(amperes - old) < Math.Abs(amperes - now);
    }

    /// <summary>What has to be written now; null: nothing.</summary>
    public RampWrite? Next()
    {
        if (!_isSeen)
        {
            return null;
        }

        var behind = (Level + Window.Places - 1) % Window.Places;
        if (_places[behind] != Closed)
        {
            var index = Window.IndexOf(behind) + Window.Gate;
            return new RampWrite(behind, Closed, [(index, Window.Closed(behind))]);
        }

        // The present one too: before its gate it may still stand closed, or it is not known whether it does.
        for (var level = Math.Min(Level + Window.Ahead, Window.Levels.Length - 1); level >= Level; level--)
        {
            var place = level % Window.Places;
            if (_places[place] != level)
            {
                return new RampWrite(place, level, [.. Opening(level)]);
            }
        }

        return null;
    }

    /// <summary>It is on its way: until it is done, what the place holds is not known.</summary>
    public void Begin(RampWrite write) => _places[write.Place] = Unknown;

    public void Done(RampWrite write) => _places[write.Place] = write.Level;

    /// <summary>The gate comes last: until then the place stays closed. What stands before it is the same in each level.</summary>
    private IEnumerable<(int Index, ImmutableArray<EccParameter> Parameters)> Opening(int level)
    {
        var techniques = Window.Levels[level];
        return Enumerable.Range(0, techniques.Length)
            .Where(offset => offset >= Window.Gate && techniques[offset].Kind != TechniqueKind.Loop)
            .OrderBy(offset => offset == Window.Gate)
            .Select(offset => (Window.IndexOf(level) + offset, techniques[offset].Parameters));
    }

    /// <summary>
    /// Of the levels that may stand in a place the first with this current. What is on record of a run that is taken up may be older than one round of the places.
    /// </summary>
    private int FirstWith(double amperes, int first, int offset)
    {
        for (var level = first; level < Window.Levels.Length; level += Window.Places)
        {
            var technique = Window.Levels[level][offset];
            if (IsCurrent(technique) && Math.Abs(amperes - LevelOf(technique)) < Near * Math.Abs(LevelOf(technique)))
            {
                return level;
            }
        }

        return first;
    }

    private static bool IsCurrent(Technique technique) => technique.Kind is TechniqueKind.Cp or TechniqueKind.CpLimit;

    private static double LevelOf(Technique technique) => technique.Parameters[0].Value;
}
