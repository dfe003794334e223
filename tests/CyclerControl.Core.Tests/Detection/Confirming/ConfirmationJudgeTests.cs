using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Confirming;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Detection.Confirming;

/// <summary>A cell that is healthy at 100 ohm, suspected at -1 mA.</summary>
public sealed class ConfirmationJudgeTests
{
    private const double Amperes = -1e-3;

    private static DetectionEvent Suspicion(double? expected = -0.1) => new(
        3, DetectionKind.SoftShort, DetectionSeverity.Suspect, 100, 99, -0.05, Amperes, expected, 12, 10, 100, "V fell.");

    /// <param name="cell">V at a current; the offset is what it shows at none.</param>
    private static DetectionEvent? Judge(Func<double, double> cell, DetectionEvent suspicion, bool pulses = true)
    {
        var judge = new ConfirmationJudge();
        judge.Begin(suspicion);
        Feed(ConfirmationStage.Rest, 0, 30);
        if (pulses)
        {
            Feed(ConfirmationStage.Reversed, -Amperes / 4, 5);
            Feed(ConfirmationStage.Along, Amperes / 4, 5);
        }

        return judge.Verdict(140);

        void Feed(ConfirmationStage stage, double amperes, double seconds)
        {
            for (var t = 0.5; t <= seconds; t += 0.5)
            {
                judge.Observe(stage, new Sample(0, cell(amperes), amperes, null), t, seconds);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.003)]
    public void Verdict_HalfTheResistanceBothWays_IsAShortWhateverTheOffset(double offset)
    {
        var found = Judge(i => offset + (50 * i), Suspicion())!;
        Assert.Equal(DetectionSeverity.Abort, found.Severity);
        Assert.Equal(DetectionKind.SoftShort, found.Kind);
        Assert.Equal(50, found.Statistic, 6);
        Assert.Equal(100, found.ShortOhms!.Value, 6); // 50 = 100 beside 100.
        Assert.Contains("Confirmed", found.Explanation, StringComparison.Ordinal);
        Assert.Equal(140, found.TimeSeconds);
    }

    [Theory]
    [InlineData(100)] // The voltage came back.
    [InlineData(71)] // +3 K and a re-torqued stack.
    [InlineData(66)]
    public void Verdict_MoreThanTemperatureAndPressureLeave_IsNone(double ohms) => Assert.Null(Judge(i => ohms * i, Suspicion()));

    [Fact]
    public void Verdict_OneDirectionOnly_IsNone() => Assert.Null(Judge(i => i > 0 ? 50 * i : 90 * i, Suspicion()));

    [Fact]
    public void Verdict_NoPulsesOrNothingExpected_IsNone()
    {
        Assert.Null(Judge(i => 50 * i, Suspicion(), pulses: false));
        Assert.Null(Judge(i => 50 * i, Suspicion(expected: null)));
    }
}
