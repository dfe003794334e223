using System.Collections.Immutable;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Cli.Tests.Output;

public sealed class RunProgressTests
{
    /// <summary>The set-point of a sweep is another one with each reading, and is published now and then.</summary>
    [Fact]
    public void Step_OfASweep_SaysWhereItGoesAndNotWhereItWasSet()
    {
        var step = new StepNode(0, null, null, "steps[0]")
        {
            StepId = 1,
            Kind = StepKind.Sweep,
            Verb = "sweep",
            Sweep = new SweepPath(0, 0.1, 1e-3),
            Limits = new LimitSet(null, null, 1, null, null, 1),
            Record = new RecordRule(null, null, null, null, null),
            SampleEverySeconds = 1,
        };
        var program = new RunProgram
        {
            ProtocolName = "test",
            ProtocolVersion = 1,
            Measure = Measure.None,
            Cell = new CellSpec { AreaSquareCentimetres = 1 },
            Nodes = ImmutableArray.Create<ProgramNode>(step),
            SampleEverySeconds = 1,
            SampleRequired = false,
            ShortCircuit = new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Report, null),
            OnRestart = new ResumePolicy(null),
            OnLinkLoss = new ResumePolicy(null),
        };
        var snapshot = new ChannelSnapshot { Channel = new ChannelId("demo", 1), Step = step, Setpoint = new Setpoint(OutputMode.Voltage, 0, 0.02, null, null, null), Amperes = 0.25e-3 };

        Assert.Equal("sweep to 0.100 V, 0.25 mA/cm2", new RunProgress(program, null).Step(snapshot));
    }
}
