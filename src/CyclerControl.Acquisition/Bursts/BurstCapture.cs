using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;

namespace CyclerControl.Acquisition.Bursts;

/// <summary>
/// The black box of the short: copies the ring when something is detected and goes on until the time after it is over. One per kind and
/// half-cycle, 100 per run; the rest is counted. A detection while one is being captured belongs to it.
/// </summary>
internal sealed class BurstCapture(TimeSpan after, int begun = 0)
{
    public const int MaxPerRun = 100;

    private readonly BurstRing _ring = new();
    private readonly HashSet<(DetectionKind Kind, int HalfCycle)> _seen = [];
    private Sample[] _samples = [];
    private int _count;
    private long _until;

    /// <summary>Bursts begun, which is also the number of the present one.</summary>
    public int Begun { get; private set; } = begun;

    public int NotCaptured { get; private set; }

    public bool IsCapturing { get; private set; }

    /// <summary>What has been captured so far.</summary>
    public (Sample[] Samples, int Count) Captured => (_samples, _count);

    public void Fit(double periodSeconds) => _ring.Fit(periodSeconds);

    /// <returns>True when a capture has just become complete.</returns>
    public bool Add(in Sample sample)
    {
        _ring.Add(sample);
        if (!IsCapturing)
        {
            return false;
        }

        if (_count == _samples.Length)
        {
            Array.Resize(ref _samples, _samples.Length * 2);
        }

        _samples[_count++] = sample;
        return sample.TimeNanoseconds >= _until && Finish();
    }

    public void Trigger(DetectionKind kind, int halfCycle, long timeNanoseconds)
    {
        if (IsCapturing || Begun == MaxPerRun || !_seen.Add((kind, halfCycle)))
        {
            NotCaptured++;
            return;
        }

        Begun++;
        IsCapturing = true;
        _until = timeNanoseconds + (after.Ticks * 100);
        var room = Math.Max(_ring.Count * 2, BurstRing.Samples * 2);
        if (_samples.Length < room)
        {
            _samples = new Sample[room];
        }

        _count = _ring.CopyTo(_samples);
    }

    /// <summary>Ends a capture.</summary>
    /// <returns>False when there was none.</returns>
    public bool Finish()
    {
        var was = IsCapturing;
        IsCapturing = false;
        return was;
    }
}
