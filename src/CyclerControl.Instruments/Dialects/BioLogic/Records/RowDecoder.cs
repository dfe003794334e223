using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic.Library;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic.Records;

/// <summary>Makes rows of blocks, for one execution of one schedule. The vendor's numbers are converted by the vendor's function.</summary>
/// <param name="fromStart">False: it is taken up on the way, and when its present technique began is not known.</param>
internal sealed class RowDecoder(TechniqueSchedule schedule, bool fromStart)
{
    private StepClock _clock = new(fromStart);

    /// <summary>Of the last row.</summary>
    public long Sequence { get; private set; }

    public StepClock Clock => _clock;

    public double LastVolts { get; private set; }

    public double LastAmperes { get; private set; }

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
        var step = schedule.Techniques[infos.TechniqueIndex].Step ?? 0;
        _clock.BeginBlock(infos.TechniqueIndex, infos.Loop, step, double.IsNaN(infos.StartTime) ? null : start, Seconds(buffer, 0, start, timeBase));
        for (var r = 0; r < infos.Rows; r++)
        {
            var at = r * infos.Columns;
            _clock.Row(Seconds(buffer, at, start, timeBase));
            LastVolts = Number(library, board, buffer[at + layout.Volts]);
            LastAmperes = layout.Amperes is { } column ? Number(library, board, buffer[at + column]) : 0;
            rows[r] = new ScheduleRow(
                ++Sequence, step, _clock.Pass, _clock.StepSeconds, _clock.TestSeconds, LastVolts, LastAmperes, null, null, null);
        }

        return infos.Rows;
    }

    private static double Seconds(uint[] buffer, int at, double start, float timeBase) => start + timeBase * (double)(((ulong)buffer[at] << 32) + buffer[at + 1]);

    private static double Number(IEcLib library, uint board, uint raw) => library.ConvertNumeric(raw, board, out var value) == 0 ? value : double.NaN;
}
