using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Blocks;

/// <summary>One channel's end of its instrument's buffer: starts it, fetches it, dates its readings, notices what was lost. Allocates once.</summary>
internal sealed class BlockSampler(BufferedSampling sampling)
{
    /// <summary>A gap between two stamps that is this many periods wide is no jitter.</summary>
    private const double GapPeriods = 2.5;

    private readonly BufferedReading[] _readings = new BufferedReading[sampling.Capacity];
    private InstrumentTime _time;
    private BlockFetch _fetch;
    private double _lastSeconds;
    private bool _hasLast;

    /// <summary>Between two readings, ns; 0 before the first start.</summary>
    public long PeriodNanoseconds { get; private set; }

    public long FetchedAtNanoseconds { get; private set; }

    /// <summary>Readings of the last fetch.</summary>
    public int Count => _fetch.Count;

    /// <summary>About how many readings are missing in or before the last block; the instrument's word that some are counts as one.</summary>
    public long Lost { get; private set; }

    /// <summary>Half the width of what is possible as the time of a reading, ns.</summary>
    public long UncertaintyNanoseconds => _time.UncertaintyNanoseconds;

    public void Start(IBufferedChannel channel, long periodNanoseconds, long now)
    {
        PeriodNanoseconds = periodNanoseconds;
        _fetch = default;
        _hasLast = false;
        _time.Begin();
        FetchedAtNanoseconds = now;
        channel.StartBuffer(periodNanoseconds * 1e-9);
    }

    public void Fetch(IBufferedChannel channel)
    {
        var epoch = _fetch.Epoch;
        _fetch = default;
        _fetch = channel.Fetch(_readings);
        FetchedAtNanoseconds = _fetch.ReceivedAtNanoseconds;
        if (_fetch.Epoch != epoch)
        {
            _time.Begin();
            _hasLast = false;
        }

        Lost = _fetch.Overflowed ? 1 : 0;
        if (_fetch.Count == 0)
        {
            return;
        }

        _time.Adjust(_readings[0].InstrumentSeconds, _readings[_fetch.Count - 1].InstrumentSeconds, _fetch.AfterNanoseconds, _fetch.ReceivedAtNanoseconds);
        CountGaps(PeriodNanoseconds / (double)Nanoseconds.PerSecond);
    }

    /// <summary>The next reading of the block on our clock; call once for each, in order.</summary>
    public Reading Date(int index)
    {
        ref readonly var reading = ref _readings[index];
        return new Reading(_time.ToClock(reading.InstrumentSeconds), reading.Volts, reading.Amperes, null, reading.Quality);
    }

    private void CountGaps(double period)
    {
        var lost = 0L;
        for (var i = 0; i < _fetch.Count; i++)
        {
            var seconds = _readings[i].InstrumentSeconds;
            if (_hasLast && seconds - _lastSeconds > GapPeriods * period)
            {
                lost += (long)Math.Round((seconds - _lastSeconds) / period) - 1;
            }

            _lastSeconds = seconds;
            _hasLast = true;
        }

        Lost = Math.Max(Lost, lost);
    }
}
