using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>
/// Makes rows of a schedule of the records of a file, in their order: which execution of a step each belongs to, and in which direction it goes. Where the file
/// does not say the direction, the first records of a step wait until one of them shows it.
/// </summary>
/// <param name="leastAmperes">A current below it shows nothing, A.</param>
internal sealed class LandSteps(double leastAmperes)
{
    /// <summary>A step of so many records without current is a rest.</summary>
    public const int MostWaiting = 5;

    private readonly Queue<ScheduleRow> _ready = new();
    private readonly List<LandRow> _waiting = new(MostWaiting);
    private LandRow? _last;
    private long _execution;
    private int? _direction;

    /// <summary>Records that a direction is still missing of.</summary>
    public int Waiting => _waiting.Count;

    public void Add(in LandRow row)
    {
        if (row.BeginsStep(_last))
        {
            Settle(_direction ?? 0);
            _execution++;
            _direction = null;
        }

        _last = row;
        _waiting.Add(row);
        _direction ??= DirectionOf(row) ?? (_waiting.Count == MostWaiting ? 0 : null);
        if (_direction is { } known)
        {
            Settle(known);
        }
    }

    /// <summary>Nothing has come for long: what waits is a rest.</summary>
    public void GiveUpWaiting()
    {
        _direction ??= 0;
        Settle(_direction.Value);
    }

    public bool TryTake(out ScheduleRow row) => _ready.TryDequeue(out row);

    private void Settle(int direction)
    {
        foreach (var row in _waiting)
        {
            _ready.Enqueue(new ScheduleRow(
                row.Number, WatchedSchedule.PlaceOf(direction), _execution, row.StepSeconds, row.TestSeconds, row.Volts, row.Amperes, row.StepAmpHours, row.StepWattHours, null));
        }

        _waiting.Clear();
    }

    private int? DirectionOf(in LandRow row) => row.Mode switch
    {
        LandMode.Rest => 0,
        LandMode.Charge => 1,
        LandMode.Discharge => -1,
        _ => Math.Abs(row.Amperes) >= leastAmperes ? Math.Sign(row.Amperes) : null,
    };
}
