using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class OpenCircuitAfterGapTests
{
    private static readonly RunProgram s_program = new ProgramBuilder().Rest(10_000).Charge(1e-3, s => s with { ForSeconds = 100 }).Build();

    [Theory]
    [InlineData(3.5, 3.549, false)]
    [InlineData(3.5, 3.551, true)]
    [InlineData(3.5, 3.449, true)]
    public void Judge_SettledRest_ComparesWithTheLastReading(double last, double now, bool asks) =>
        Assert.Equal(asks, Judge(CellKind.Full, node: 0, last, 0, before: 3.0, elapsedSeconds: 700, now).Asks);

    [Theory]
    [InlineData(3.2, false)]
    [InlineData(2.94, true)]
    [InlineData(3.56, true)]
    public void Judge_RestThatStillRelaxes_MayGoBackToWhereTheLegBegan(double now, bool asks) =>
        Assert.Equal(asks, Judge(CellKind.Full, node: 0, last: 3.5, 0, before: 3.0, elapsedSeconds: 60, now).Asks);

    [Theory]
    [InlineData(3.90, false)]
    [InlineData(3.40, false)]
    [InlineData(4.06, true)]
    [InlineData(0.0, true)]
    public void Judge_FullCellUnderCharge_LiesBetweenTheLegsBeginningAndTheLoadedVoltage(double now, bool asks) =>
        Assert.Equal(asks, Judge(CellKind.Full, node: 1, last: 4.0, amperes: 1e-3, before: 3.4, elapsedSeconds: 60, now).Asks);

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(-0.06, true)]
    [InlineData(0.2, true)]
    public void Judge_SymmetricCellWithoutARestBefore_ReturnsToZero(double now, bool asks) =>
        Assert.Equal(asks, Judge(CellKind.Symmetric, node: 1, last: 0.1, amperes: 1e-3, before: null, elapsedSeconds: 60, now).Asks);

    [Fact]
    public void Judge_FullCellWithoutAReadingBefore_KnowsOneSideOnly()
    {
        Assert.False(Judge(CellKind.Full, node: 1, last: 4.0, amperes: 1e-3, before: null, elapsedSeconds: 60, now: 1.0).Asks);
        Assert.True(Judge(CellKind.Full, node: 1, last: 4.0, amperes: 1e-3, before: null, elapsedSeconds: 60, now: 4.1).Asks);
    }

    /// <summary>A cell at 3.4 V, swept down to 2.7 V and now up to 3.6 V: it lies above what was set so far.</summary>
    [Theory]
    [InlineData(CellKind.Full, 3.40, false)]
    [InlineData(CellKind.Full, 2.70, false)]
    [InlineData(CellKind.Full, 2.64, true)]
    [InlineData(CellKind.Full, 3.66, true)]
    [InlineData(CellKind.Full, 0.0, true)]
    [InlineData(CellKind.Symmetric, 0.0, false)]
    public void Judge_Sweep_LiesBetweenItsEnds(CellKind kind, double now, bool asks)
    {
        var program = new ProgramBuilder().Sweep(2.7, 3.6, 1e-3).Build() with { Cell = new CellSpec { Kind = kind } };
        var state = new RunState { Phase = RunPhase.Suspended, HasSample = true, LastVolts = 2.75, LastAmperes = -1e-4 };
        (state.Step.Samples, state.Step.SourceVolts, state.Leg.HalfCycle) = (10, 2.7, 2);

        Assert.Equal(asks, OpenCircuitAfterGap.Judge(program, in state, 2.7, now).Asks);
    }

    [Fact]
    public void Judge_InstrumentCannotBeRead_SaysSo()
    {
        var verdict = Judge(CellKind.Full, node: 1, last: 4.0, amperes: 1e-3, before: 3.4, elapsedSeconds: 60, now: null);
        Assert.False(verdict.Asks);
        Assert.Contains("not judged", verdict.Words, StringComparison.Ordinal);
    }

    private static GapVerdict Judge(CellKind kind, int node, double last, double amperes, double? before, double elapsedSeconds, double? now)
    {
        var state = new RunState { Phase = RunPhase.Suspended, Node = node, HasSample = true, LastVolts = last, LastAmperes = amperes };
        state.Step.Samples = 10;
        state.Step.ElapsedNanoseconds = Nanoseconds.FromSeconds(elapsedSeconds);
        state.Leg.HalfCycle = 1;
        return OpenCircuitAfterGap.Judge(s_program with { Cell = new CellSpec { Kind = kind } }, in state, before, now);
    }
}
