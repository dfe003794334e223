using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class ConfirmationTests
{
    private static RunProgram Program(CellKind kind = CellKind.Symmetric, bool pulses = true, double? rest = 30) =>
        new ProgramBuilder { Record = new RecordRule(1, null, null, null, null) }
            .Discharge(2e-3, s => s with { ForSeconds = 7200 })
            .Build() with
        {
            Cell = new CellSpec { Kind = kind, AreaSquareCentimetres = 1 },
            ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Report, new ConfirmationPlan(rest, pulses)),
        };

    [Fact]
    public void Confirm_WithPulses_RestsThenPulsesBothWaysAndGoesOnAtTheExactStepTime()
    {
        var driver = new EngineDriver(Program()).Start().Run(100);
        driver.Send(RunInputKind.Confirm);
        driver.Run(40); // 30 s rest, 5 s and 5 s
        Assert.Equal(ConfirmationStage.Over, driver.State.Confirmation.Stage);
        driver.Send(RunInputKind.NotConfirmed);
        driver.Run();

        Assert.Equal([-2e-3, 0, 5e-4, -5e-4, -2e-3], driver.Applied.Select(s => s.Amperes));
        Assert.Equal(OutputMode.Rest, driver.Applied[1].Mode);
        var step = Assert.Single(driver.Steps);
        Assert.Equal(7200 + 40, (step.EndNanoseconds - step.StartNanoseconds) * 1e-9, 6);
        Assert.Equal(7200, driver.Rows[^1].StepTimeNanoseconds * 1e-9, 6);
        Assert.Equal((2e-3 * 7200 / 3600) + (5e-4 * 5 / 3600), step.DischargingAmpHours, 6);
        Assert.Equal(5e-4 * 5 / 3600, step.ChargingAmpHours, 7); // What a pulse moves counts, and is no net charge.
        Assert.Equal(["confirmation_started", "confirmation_ended"], driver.Events.Where(e => e.Kind.StartsWith("conf", StringComparison.Ordinal)).Select(e => e.Kind));
        var marked = driver.Rows.Where(r => r.Reason == RowReason.Confirmation).ToArray();
        Assert.Equal(40, marked.Length);
        Assert.All(marked, r => Assert.Equal(100, r.StepTimeNanoseconds * 1e-9, 6));
    }

    [Theory]
    [InlineData(CellKind.Full, 10)]
    [InlineData(CellKind.Symmetric, 30)]
    [InlineData(CellKind.Half, 30)]
    public void Confirm_RestNotGiven_IsThatOfTheKindOfCell(CellKind kind, int seconds)
    {
        var driver = new EngineDriver(Program(kind, pulses: false, rest: null)).Start().Run(100);
        driver.Send(RunInputKind.Confirm).Run(seconds - 1);
        Assert.Equal(ConfirmationStage.Rest, driver.State.Confirmation.Stage);
        driver.Run(1);
        Assert.Equal(ConfirmationStage.Over, driver.State.Confirmation.Stage);
        Assert.Equal(2, driver.Applied.Count); // The step and the rest: no pulse.
    }

    /// <summary>20 pulse charges of 0.5 mA x 5 s are 25 s at 2 mA... x 0.25 x 20 = 25 s of plating.</summary>
    [Theory]
    [InlineData(24, false)]
    [InlineData(26, true)]
    public void Confirm_HalfCell_PulsesOnlyWithTwentyPulsesOfLithiumPlated(double platedSeconds, bool pulses)
    {
        var driver = new EngineDriver(Program(CellKind.Half)).Start().Run(platedSeconds);
        driver.Send(RunInputKind.Confirm).Run(60);
        Assert.Equal(pulses, driver.Applied.Any(s => s.Amperes > 0));
        Assert.Equal(ConfirmationStage.Over, driver.State.Confirmation.Stage);
    }

    [Fact]
    public void Confirm_AgainWithinTheHour_IsNotDone()
    {
        var driver = new EngineDriver(Program(pulses: false)).Start().Run(100);
        driver.Send(RunInputKind.Confirm).Run(30).Send(RunInputKind.NotConfirmed).Run(3500);
        driver.Send(RunInputKind.Confirm);
        Assert.Equal(ConfirmationStage.None, driver.State.Confirmation.Stage);
        driver.Run(100).Send(RunInputKind.Confirm);
        Assert.Equal(ConfirmationStage.Rest, driver.State.Confirmation.Stage);
    }

    [Fact]
    public void Confirm_FourthInAHalfCycle_IsNotDone()
    {
        var program = Program(pulses: false) with { Nodes = [.. Program().Nodes.Select(n => ((StepNode)n) with { ForSeconds = 36000 })] };
        var driver = new EngineDriver(program).Start().Run(100);
        for (var i = 0; i < 3; i++)
        {
            driver.Send(RunInputKind.Confirm).Run(30);
            Assert.Equal(ConfirmationStage.Over, driver.State.Confirmation.Stage);
            driver.Send(RunInputKind.NotConfirmed).Run(3700);
        }

        driver.Send(RunInputKind.Confirm);
        Assert.Equal(ConfirmationStage.None, driver.State.Confirmation.Stage);
    }

    [Theory]
    [InlineData(RunInputKind.Pause, RunInputKind.Resume)]
    [InlineData(RunInputKind.LinkLost, RunInputKind.LinkBack)]
    public void Confirm_Interrupted_IsGivenUpAndTheStepGoesOnWithItsOwnCurrent(RunInputKind interruption, RunInputKind back)
    {
        var driver = new EngineDriver(Program()).Start().Run(100);
        driver.Send(RunInputKind.Confirm).Run(33).Send(interruption).Wait(50).Send(back).Run();
        Assert.Equal(-2e-3, driver.Applied[^1].Amperes);
        Assert.Equal(7200, driver.Rows[^1].StepTimeNanoseconds * 1e-9, 6);
    }

    [Fact]
    public void Confirm_InARestOrWithoutAPlan_IsNotDone()
    {
        var rest = new EngineDriver(new ProgramBuilder().Rest(100).Build() with { ShortCircuit = Program().ShortCircuit }).Start().Run(10);
        rest.Send(RunInputKind.Confirm);
        Assert.Equal(ConfirmationStage.None, rest.State.Confirmation.Stage);

        var without = new EngineDriver(Program() with { ShortCircuit = Program().ShortCircuit with { Confirm = null } }).Start().Run(10);
        without.Send(RunInputKind.Confirm);
        Assert.Equal(ConfirmationStage.None, without.State.Confirmation.Stage);
    }
}
