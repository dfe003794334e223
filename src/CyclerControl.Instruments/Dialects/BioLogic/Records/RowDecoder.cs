using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic.Records;

/// <summary>Makes rows of blocks, for one execution of one schedule. The vendor's numbers are converted by the vendor's function.</summary>
/// <param name="fromStart">False: it is taken up on the way, and when its present technique began is not known.</param>
/// <param name="reached">How far it is known to have come; null: nothing is known.</param>
internal sealed class RowDecoder(TechniqueSchedule schedule, bool fromStart, ScheduleProgress? reached = null)
{
    /// <summary>So many rows in a row at the old level of a place are not a matter of regulation.</summary>
    private const int OldRows = 3;

    private readonly RampFeed[] _ramps = [.. schedule.Ramps.Select(window => new RampFeed(window, fromStart, reached is { } known ? window.LevelAt(known) : 0))];
    private StepClock _clock = new(fromStart);
    private int _old;

    /// <summary>Of the last row.</summary>
    public long Sequence { get; private set; }

    public StepClock Clock => _clock;

    public double LastVolts { get; private set; }

    public double LastAmperes { get; private set; }

    /// <summary>Ramps of which the channel holds only the next levels.</summary>
    public IReadOnlyList<RampFeed> Ramps => _ramps;

    /// <summary>The channel does not do what was written to it, and has to be stopped; null: nothing speaks for that.</summary>
    public string? Astray { get; private set; }

    /// <summary>A technique as it runs now: in a ramp its present level.</summary>
    public Technique TechniqueAt(int index) => RampAt(index) is { } ramp ? ramp.At(index) : schedule.Techniques[index];

    /// <summary>The ramp in whose window a technique stands, or null.</summary>
    public RampFeed? RampAt(int index)
    {
        foreach (var ramp in _ramps)
        {
            if (ramp.Window.Contains(index))
            {
                return ramp;
            }
        }

        return null;
    }

    /// <summary>Why a block is not of our schedule; null: it is.</summary>
    public string? Foreign(in DataInfos infos)
    {
        if ((uint)infos.TechniqueIndex >= (uint)schedule.Techniques.Length)
        {
            return FormattableString.Invariant($"the channel runs technique {infos.TechniqueIndex}, and ours are {schedule.Techniques.Length}");
        }

        var ours = schedule.Techniques[infos.TechniqueIndex];
        return (int)ours.Kind == infos.TechniqueId
            ? null
            : FormattableString.Invariant($"technique {infos.TechniqueIndex} on the channel is number {infos.TechniqueId}, and ours is {(int)ours.Kind} ({TechniqueFiles.NameOf(ours.Kind)})");
    }

    /// <summary>What is wrong with a block's shape or its clock; null: nothing.</summary>
    /// <param name="timeBase">Length of a tick, s.</param>
    public string? Garbled(in DataInfos infos, float timeBase)
    {
        if (!float.IsFinite(timeBase) || timeBase <= 0 || double.IsInfinity(infos.StartTime))
        {
            return FormattableString.Invariant($"a clock of {timeBase} s a tick, from {infos.StartTime} s on");
        }

        if (RecordLayout.Of(infos.TechniqueId, infos.ProcessIndex, schedule.Family) is not { } layout)
        {
            return FormattableString.Invariant($"rows of technique {infos.TechniqueId}, process {infos.ProcessIndex}, are not known");
        }

        return infos.Columns < layout.Columns || infos.Rows < 0 || (long)infos.Rows * infos.Columns > RecordBlock.Words
            ? FormattableString.Invariant($"{infos.Rows} rows of {infos.Columns} columns, where a row has {layout.Columns} and a block {RecordBlock.Words} words")
            : null;
    }

    /// <summary>A block that is ours and has a shape that we know.</summary>
    /// <param name="after">Rows are numbered from here on.</param>
    /// <param name="timeBase">Length of a tick, s.</param>
    public int Decode(IEcLib library, uint board, uint[] buffer, in DataInfos infos, float timeBase, long after, Span<ScheduleRow> rows)
    {
        Sequence = Math.Max(Sequence, after);
        if (infos.Rows == 0)
        {
            return 0;
        }

        var layout = RecordLayout.Of(infos.TechniqueId, infos.ProcessIndex, schedule.Family)!.Value;
        var start = double.IsNaN(infos.StartTime) ? 0 : infos.StartTime;
        double? startTime = double.IsNaN(infos.StartTime) ? null : start;
        var ramp = RampAt(infos.TechniqueIndex);
        var count = 0;
        for (var r = 0; r < infos.Rows; r++)
        {
            var at = r * infos.Columns;
            var seconds = Seconds(buffer, at, start, timeBase);
            var volts = Number(library, board, buffer[at + layout.Volts]);
            var amperes = layout.Amperes is { } column ? Number(library, board, buffer[at + column]) : 0;
            if (ramp is not null && !IsOfALevel(ramp, infos, startTime, seconds, amperes))
            {
                continue;
            }

            var step = TechniqueAt(infos.TechniqueIndex).Step ?? 0;
            if (count == 0)
            {
                _clock.BeginBlock(infos.TechniqueIndex, infos.Loop, step, startTime, seconds);
            }

            _clock.Row(seconds);
            (LastVolts, LastAmperes) = (volts, amperes);
            rows[count++] = new ScheduleRow(
                ++Sequence, step, _clock.Pass, _clock.StepSeconds, _clock.TestSeconds, LastVolts, LastAmperes, null, null, null);
        }

        return count;
    }

    private bool IsOfALevel(RampFeed ramp, in DataInfos infos, double? startTime, double seconds, double amperes)
    {
        var index = infos.TechniqueIndex;
        switch (ramp.Meet(index, amperes, _clock.TechniqueSecondsAt(index, infos.Loop, startTime, seconds)))
        {
            case RampMeeting.Closed:
                return false;
            case RampMeeting.NotWritten:
                Astray ??= FormattableString.Invariant(
                    $"the channel went on in technique {index}, into a level of the ramp that this program had closed: it does not take updates of parameters as assumed");
                return false;
        }

        _old = ramp.IsOld(index, amperes) ? _old + 1 : 0;
        if (_old >= OldRows)
        {
            Astray ??= FormattableString.Invariant(
                $"technique {index} runs {amperes:G4} A, the level that its place held before: the channel does not take updates of parameters as assumed");
        }

        return true;
    }

    private static double Seconds(uint[] buffer, int at, double start, float timeBase) => start + timeBase * (double)(((ulong)buffer[at] << 32) + buffer[at + 1]);

    private static double Number(IEcLib library, uint board, uint raw) => library.ConvertNumeric(raw, board, out var value) == 0 ? value : double.NaN;
}
