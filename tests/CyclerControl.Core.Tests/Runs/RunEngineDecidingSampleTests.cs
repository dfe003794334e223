using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class RunEngineDecidingSampleTests
{
    [Theory]
    [InlineData(RunInputKind.Trip)]
    [InlineData(RunInputKind.ShortFound)]
    public void Advance_TripWithItsSample_CountsAndRecordsItAndBeginsNothing(RunInputKind kind)
    {
        var program = new ProgramBuilder().Discharge(1e-3, s => s with { ForSeconds = 20 }).Rest(60).Build();
        var engine = new RunEngine(program);
        var commands = new CommandBuffer();
        var state = default(RunState);
        engine.Advance(ref state, new RunInput(RunInputKind.Start, 0, default), commands);
        var first = new Sample(10_000_000_000, -0.1, -1e-3, null);
        engine.Advance(ref state, new RunInput(RunInputKind.Sample, first.TimeNanoseconds, first), commands);

        // Later than the step's planned end: a plain sample would begin the rest.
        var deciding = new Sample(20_000_000_000, -0.001, -1e-3, null);
        engine.Advance(ref state, new RunInput(kind, deciding.TimeNanoseconds, deciding), commands);

        Assert.Equal(1e-3 * 20 / 3600, state.Totals.DischargingAmpHours, 12);
        var row = Assert.Single(commands.Commands.ToArray(), c => c.Kind == RunCommandKind.Record).Row;
        Assert.Equal((20_000_000_000, -0.001), (row.TimeNanoseconds, row.Volts));
        Assert.DoesNotContain(commands.Commands.ToArray(), c => c.Kind is RunCommandKind.Apply or RunCommandKind.BeginSegment);
    }
}
