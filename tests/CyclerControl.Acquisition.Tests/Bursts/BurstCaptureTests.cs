using CyclerControl.Acquisition.Bursts;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;

namespace CyclerControl.Acquisition.Tests.Bursts;

public sealed class BurstCaptureTests
{
    private readonly BurstCapture _burst = new(TimeSpan.FromSeconds(60));

    private static Sample At(double seconds) => new((long)Math.Round(seconds * 1e9), seconds, 0, null);

    [Fact]
    public void Trigger_AtAKilohertz_HoldsTenSecondsBeforeAndSixtyAfter()
    {
        _burst.Fit(0.001);
        for (var i = 1; i <= 30_000; i++)
        {
            _burst.Add(At(i * 0.001));
        }

        _burst.Trigger(DetectionKind.HardShort, 1, At(30).TimeNanoseconds);
        var i2 = 30_001;
        while (!_burst.Add(At(i2 * 0.001)))
        {
            i2++;
        }

        var (samples, count) = _burst.Captured;
        Assert.Equal(70_000, count);
        Assert.Equal(20.001, samples[0].Volts, 9);
        Assert.Equal(90, samples[count - 1].Volts, 9);
        for (var i = 1; i < count; i++)
        {
            Assert.True(samples[i].TimeNanoseconds > samples[i - 1].TimeNanoseconds);
        }
    }

    [Fact]
    public void Trigger_SlowSampling_HoldsFiveHundredSamplesBefore()
    {
        _burst.Fit(1);
        for (var i = 1; i <= 2000; i++)
        {
            _burst.Add(At(i));
        }

        _burst.Trigger(DetectionKind.HardShort, 1, At(2000).TimeNanoseconds);

        Assert.Equal(500, _burst.Captured.Count);
        Assert.Equal(1501, _burst.Captured.Samples[0].Volts);
    }

    [Fact]
    public void Fit_FasterSampling_KeepsWhatIsThere()
    {
        for (var i = 1; i <= 700; i++)
        {
            _burst.Add(At(i));
        }

        _burst.Fit(0.01);
        _burst.Add(At(701));
        _burst.Trigger(DetectionKind.HardShort, 1, At(701).TimeNanoseconds);

        Assert.Equal(Enumerable.Range(201, 501).Select(i => (double)i), _burst.Captured.Samples.Take(_burst.Captured.Count).Select(s => s.Volts));
    }

    [Fact]
    public void Trigger_SameKindAndHalfCycle_IsCapturedOnce()
    {
        _burst.Add(At(1));
        _burst.Trigger(DetectionKind.SoftShort, 1, At(1).TimeNanoseconds);
        Assert.True(_burst.Add(At(61)));
        _burst.Trigger(DetectionKind.SoftShort, 1, At(61).TimeNanoseconds);
        Assert.False(_burst.IsCapturing);
        _burst.Trigger(DetectionKind.SoftShort, 2, At(61).TimeNanoseconds);
        Assert.True(_burst.IsCapturing);
        Assert.Equal((2, 1), (_burst.Begun, _burst.NotCaptured));
    }

    [Fact]
    public void Trigger_MoreThanAHundred_AreCounted()
    {
        for (var i = 1; i <= 120; i++)
        {
            _burst.Trigger(DetectionKind.SoftShort, i, At(i * 100).TimeNanoseconds);
            _burst.Add(At((i * 100) + 60));
        }

        Assert.Equal((BurstCapture.MaxPerRun, 20), (_burst.Begun, _burst.NotCaptured));
    }
}
