using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Detection;

public sealed class DropTests
{
    private static readonly CellSpec Symmetric = new() { Kind = CellKind.Symmetric };

    [Theory]
    [InlineData(0.08)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Drop_StepOfFiveToFiftyPercent_IsASuspectedSoftShortWithinFiveSamples(double fraction)
    {
        foreach (var period in new[] { 0.001, 0.1, 1, 30 })
        {
            var trace = new Trace(Symmetric, 0, seed: 21) { Period = period };
            trace.Current(1e-3, (int)Math.Max(1000, 60 / period), t => 0.1);
            var onset = trace.Seconds + period;

            var found = trace.Current(1e-3, 300, t => 0.1 * (1 - fraction), sameSegment: true);

            var only = Assert.Single(found);
            Assert.Equal((3, DetectionKind.SoftShort, DetectionSeverity.Suspect), (only.Rule, only.Kind, only.Severity));
            Assert.Equal(onset, only.OnsetSeconds, 6);
            // At 30 s the drift within the memory is counted for more than the relative floor.
            Assert.InRange((only.TimeSeconds - onset) / period, 0, period < 30 ? 5.1 : 7.1);
            Assert.InRange(only.ShortOhms!.Value, 0.7 * 100 * (1 - fraction) / fraction, 1.4 * 100 * (1 - fraction) / fraction);
            Assert.True(only.Statistic > only.Threshold);
        }
    }

    [Fact]
    public void Drop_BelowHalfForThirtySeconds_BecomesAnAbort()
    {
        var trace = new Trace(Symmetric, 0, seed: 22);
        trace.Current(1e-3, 6000, t => 0.1);
        var onset = trace.Seconds + trace.Period;

        var found = trace.Current(1e-3, 1000, t => 0.04, sameSegment: true);

        Assert.Equal([DetectionSeverity.Suspect, DetectionSeverity.Abort], found.Select(f => f.Severity));
        Assert.All(found, f => Assert.Equal(DetectionKind.SoftShort, f.Kind));
        Assert.Equal(30, found[1].TimeSeconds - onset, 1);
    }

    [Fact]
    public void Drop_BelowHalfForTwentySeconds_DoesNotAbort()
    {
        var trace = new Trace(Symmetric, 0, seed: 23);
        trace.Current(1e-3, 6000, t => 0.1);

        var found = trace.Current(1e-3, 6000, t => t < 20 ? 0.04 : 0.1, sameSegment: true);

        Assert.Equal(DetectionSeverity.Suspect, Assert.Single(found).Severity);
    }

    [Fact]
    public void Drop_BelowHalfAtSlowSampling_NeedsTenSamples()
    {
        var trace = new Trace(Symmetric, 0, seed: 24) { Period = 30 };
        trace.Current(1e-3, 200, t => 0.1);
        var onset = trace.Seconds + trace.Period;

        var found = trace.Current(1e-3, 30, t => 0.04, sameSegment: true);

        Assert.Equal(DetectionSeverity.Abort, found[^1].Severity);
        Assert.Equal(9 * 30, found[^1].TimeSeconds - onset, 6);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    public void Drop_NucleationOnACollector_IsNone(double timeConstant)
    {
        var trace = new Trace(new CellSpec { Kind = CellKind.Half }, 0, seed: 35) { Period = 0.5 };
        for (var cycle = 0; cycle < 5; cycle++)
        {
            Assert.Empty(trace.Current(-1e-3, 7200, t => -0.03 * (1 + 0.6 * Math.Exp(-t / timeConstant)) + 0.3 * Math.Exp(-t / 5)));
            Assert.Empty(trace.Current(1e-3, 7200, t => 0.025 + 0.975 * Math.Exp((t - 3600) / 60)));
        }
    }

    [Fact]
    public void Drop_OfTwoPercent_IsBelowWhatIsReported()
    {
        var trace = new Trace(Symmetric, 0, seed: 25);
        trace.Current(1e-3, 6000, t => 0.1);

        Assert.Empty(trace.Current(1e-3, 6000, t => 0.098, sameSegment: true));
    }

    [Theory]
    [InlineData(0.6, 60)]
    [InlineData(0.6, 300)]
    [InlineData(0.4, 1800)]
    [InlineData(0.6, 7200)]
    public void Drop_NucleationDecay_IsNone(double amplitude, double timeConstant)
    {
        foreach (var period in new[] { 0.1, 1, 10 })
        {
            var trace = new Trace(Symmetric, 0, seed: 26) { Period = period };

            Assert.Empty(trace.Current(-1e-3, (int)(14400 / period), t => -0.08 * (1 + amplitude * Math.Exp(-t / timeConstant))));
        }
    }

    [Fact]
    public void Drop_OvenExcursion_IsNone()
    {
        var trace = new Trace(Symmetric, 0, seed: 27) { Period = 1 };

        Assert.Empty(trace.Current(1e-3, 14400, t => 0.1 * (1 - 0.12 * Math.Sin(Math.PI * Math.Clamp((t - 3000) / 1200, 0, 1)))));
    }

    [Fact]
    public void Drop_PressureStepOfTwentyPercent_IsSuspectAndNeverAborts()
    {
        var trace = new Trace(Symmetric, 0, seed: 28);
        var found = trace.Current(1e-3, 36000, t => t < 1000 ? 0.1 : 0.08);

        Assert.Equal(DetectionSeverity.Suspect, Assert.Single(found).Severity);
    }

    [Fact]
    public void Drop_CableKnockSpikesUpwards_AreNone()
    {
        foreach (var period in new[] { 0.001, 0.01, 0.1 })
        {
            var trace = new Trace(Symmetric, 0, seed: 29) { Period = period };

            Assert.Empty(trace.Current(1e-3, 20000, t => t % 5 is > 2 and < 2.06 ? 0.5 : 0.1));
        }
    }

    [Theory]
    [InlineData(300, 0.4)]
    [InlineData(3600, 0.4)]
    [InlineData(1800, 0.5)]
    public void LevelDrop_SoftShortThatTakesMinutesToAnHour_IsFoundInThisOrTheNextHalfCycle(double rampSeconds, double remaining)
    {
        var trace = new Trace(Symmetric, 0, seed: 30) { Period = 1 };
        for (var half = 0; half < 6; half++)
        {
            Assert.Empty(trace.Current(half % 2 == 0 ? 1e-3 : -1e-3, 3600, t => half % 2 == 0 ? 0.1 : -0.1));
        }

        var onset = trace.Seconds + 600;
        List<DetectionEvent> found = [];
        for (var half = 0; half < 4; half++)
        {
            var sign = half % 2 == 0 ? 1 : -1;
            var begin = trace.Seconds;
            found.AddRange(trace.Current(sign * 1e-3, 3600, t => sign * 0.1 * (1 - (1 - remaining) * Math.Clamp((begin + t - onset) / rampSeconds, 0, 1))));
        }

        var first = found[0];
        Assert.Equal((3, DetectionKind.SoftShort), (first.Rule, first.Kind));
        Assert.InRange(first.TimeSeconds, onset, onset - 600 + 2 * 3600);
        Assert.InRange(first.ShortOhms!.Value, 100 * remaining / (1 - remaining) * 0.7, 250);
        Assert.Equal(remaining < 0.5, found.Any(f => f.Severity == DetectionSeverity.Abort));
    }

    [Fact]
    public void LevelDrop_LongOneWayPlating_IsFoundAgainstItsOwnEarlyLevel()
    {
        var trace = new Trace(Symmetric, 0, seed: 31) { Period = 10 };

        var found = trace.Current(-1e-3, 10800, t => -0.1 * (1 - 0.7 * Math.Clamp((t - 54000) / 3600, 0, 1)));

        Assert.Equal(DetectionSeverity.Abort, found[^1].Severity);
        Assert.InRange(found[0].TimeSeconds, 54000, 54000 + 3700);
    }

    [Fact]
    public void LevelDrop_NewLevelThatStays_IsAcceptedAfterAFewHalfCycles()
    {
        var trace = new Trace(Symmetric, 0, seed: 32) { Period = 1 };
        var counts = new List<int>();
        for (var half = 0; half < 20; half++)
        {
            var sign = half % 2 == 0 ? 1 : -1;
            counts.Add(trace.Current(sign * 1e-3, 3600, t => sign * (half < 6 ? 0.1 : 0.055)).Count);
        }

        Assert.All(counts.Take(6), n => Assert.Equal(0, n));
        Assert.Equal(1, counts[6]);
        Assert.All(counts.Skip(14), n => Assert.Equal(0, n));
    }

    [Fact]
    public void LevelDrop_NextCurrentStep_IsScaledAndNoDrop()
    {
        var trace = new Trace(Symmetric, 0, seed: 33) { Period = 1 };
        foreach (var milliamperes in new[] { 0.5, 1, 2, 4, 0.5, 3, 0.7 })
        {
            foreach (var sign in new[] { 1, -1 })
            {
                var volts = 4 * 0.0257 * Math.Asinh(milliamperes / 1.0) + 0.02 * milliamperes;
                Assert.Empty(trace.Current(sign * milliamperes * 1e-3, 3600, t => sign * volts));
            }
        }
    }
}
