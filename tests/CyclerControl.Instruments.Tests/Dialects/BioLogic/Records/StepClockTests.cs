using CyclerControl.Instruments.Dialects.BioLogic.Records;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic.Records;

/// <summary>Three ways in which a channel's clock can count, by hand.</summary>
public sealed class StepClockTests
{
    [Fact]
    public void Clock_ThatGoesOn_HasStepTimesFromTheRowBefore()
    {
        var clock = new StepClock(fromStart: true);
        Block(ref clock, 0, 0, 0, 0, 10);
        Block(ref clock, 1, 1, 0, 10, 70);

        Assert.Equal((60, 70), (clock.StepSeconds, clock.TestSeconds));
    }

    [Fact]
    public void Clock_WithStartTimes_HasStepTimesFromThem()
    {
        var clock = new StepClock(fromStart: true);
        Block(ref clock, 0, 0, 0, 0, 10);
        Block(ref clock, 1, 1, 10.5, 10.5, 70.5);

        Assert.Equal((60, 70.5), (clock.StepSeconds, clock.TestSeconds));
    }

    [Fact]
    public void Clock_ThatStartsAnew_HasStepTimesAndNoTestTime()
    {
        var clock = new StepClock(fromStart: true);
        Block(ref clock, 0, 0, 0, 0, 10);
        Block(ref clock, 1, 1, 0, 0, 60);

        Assert.Equal(60, clock.StepSeconds);
        Assert.Null(clock.TestSeconds);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public void Clock_SecondTechniqueOfAStep_GoesOnCounting(double begins)
    {
        var clock = new StepClock(fromStart: true);
        Block(ref clock, 0, 0, 0, 0, 100);
        Block(ref clock, 1, 0, 0, begins, begins + 50);

        Assert.Equal((150, 0), (clock.StepSeconds, clock.Pass));
    }

    [Fact]
    public void Clock_BackInTheLoop_IsAnotherPass()
    {
        var clock = new StepClock(fromStart: true);
        Block(ref clock, 0, 0, 0, 0, 100);
        Block(ref clock, 1, 1, 0, 100, 200);
        Block(ref clock, 0, 0, 0, 200, 250);

        Assert.Equal((50, 1), (clock.StepSeconds, clock.Pass));
    }

    private static void Block(ref StepClock clock, int technique, int step, double start, double from, double to)
    {
        clock.BeginBlock(technique, 0, step, start, from);
        clock.Row(from);
        clock.Row(to);
    }
}
