namespace CyclerControl.Instruments.Dialects.BioLogic.Records;

/// <summary>
/// Step time and pass from the times of the rows. Whether the clock of a channel goes on from technique to technique, starts anew with each, or
/// is given by the block's start time is not documented: each of the three is recognised.
/// </summary>
internal struct StepClock
{
    private double _stepOrigin;
    private double _techniqueOrigin;
    private double _earliestOrigin;
    private double _last;
    private double? _startTime;
    private bool _restarts;
    private int _technique;
    private int _loop;
    private bool _begun;

    private readonly bool _fromStart;

    /// <param name="fromStart">False: the first row may be from the middle of a technique.</param>
    public StepClock(bool fromStart) => (Step, _fromStart) = (-1, fromStart);

    public int Step { get; private set; }

    public long Pass { get; private set; }

    /// <summary>Technique of the last row; null before the first.</summary>
    public readonly int? Technique => _begun ? _technique : null;

    /// <summary>s, of the last row.</summary>
    public readonly double StepSeconds => _last - _stepOrigin;

    /// <summary>s since the present technique can have begun.</summary>
    public readonly double TechniqueSecondsAtMost => _last - _earliestOrigin;

    /// <summary>s since the start; null once the clock was seen to start anew.</summary>
    public readonly double? TestSeconds => _restarts ? null : _last;

    /// <summary>How long a technique runs already, s, at a row that may be the first of a block; infinite where that is not known.</summary>
    /// <param name="startTime">Of the block, s; null where its clock does not say.</param>
    /// <param name="seconds">Of the row, s.</param>
    public readonly double TechniqueSecondsAt(int technique, int loop, double? startTime, double seconds) =>
        !_begun && !_fromStart && startTime is null ? double.PositiveInfinity
        : GoesOn(technique, loop, seconds) ? seconds - _techniqueOrigin
        : seconds - OriginOfNext(startTime, seconds);

    /// <summary>The first row of a block.</summary>
    /// <param name="startTime">Of the block, s; null where its clock does not say.</param>
    /// <param name="seconds">Of its first row, s.</param>
    public void BeginBlock(int technique, int loop, int step, double? startTime, double seconds)
    {
        if (GoesOn(technique, loop, seconds))
        {
            return;
        }

        var startsAnew = _begun && seconds < _last;
        var stepGoesOn = _begun && step == Step && technique > _technique;
        var stepSeconds = StepSeconds;
        _restarts |= startsAnew;
        _techniqueOrigin = OriginOfNext(startTime, seconds);
        _earliestOrigin = _begun || _fromStart || startTime is not null ? _techniqueOrigin : 0;
        if (!stepGoesOn)
        {
            _stepOrigin = _techniqueOrigin;
            Pass += _begun && technique <= _technique ? 1 : 0;
        }
        else if (startsAnew)
        {
            _stepOrigin = _techniqueOrigin - stepSeconds;
        }

        (_technique, _loop, _startTime, Step, _begun) = (technique, loop, startTime, step, true);
    }

    public void Row(double seconds) => _last = seconds;

    private readonly bool GoesOn(int technique, int loop, double seconds) => _begun && technique == _technique && loop == _loop && seconds >= _last;

    private readonly double OriginOfNext(double? startTime, double seconds) => !_begun ? startTime ?? (_fromStart ? 0 : seconds)
        : seconds < _last || startTime != _startTime ? startTime ?? 0
        : _last;
}
