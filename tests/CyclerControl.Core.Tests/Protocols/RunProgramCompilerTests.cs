using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Protocols;

public sealed class RunProgramCompilerTests
{
    private const string Head = "protocol: p\nversion: 1\n";

    private static readonly ChannelCapabilities s_channel = new(
        -5, 5, 0.0005, [new CurrentRange("1 mA", 0.001, 1e-7, 0, 0), new CurrentRange("10 mA", 0.010, 1e-6, 0, 0)],
        TimeSpan.FromMilliseconds(100), RestBehaviour.Open, null, TimeSpan.FromMilliseconds(10));

    [Fact]
    public void Compile_CcdExample_ResolvesEverythingOnTheCell()
    {
        var program = Compile(ShippedFiles.Text("ccd-step-increased"), "area=0.785cm2", file: "ccd-step-increased.yaml").Program!;

        Assert.Equal(4, program.Nodes.Length);
        var (rest, loop, plate, strip) = ((StepNode)program.Nodes[0], (LoopNode)program.Nodes[1], (StepNode)program.Nodes[2], (StepNode)program.Nodes[3]);
        Assert.Equal((1, 600.0, 1), (rest.Next!.Value, rest.ForSeconds!.Value, rest.StepId));
        Assert.Equal((50L, (int?)null), (loop.Passes, loop.Next));
        Assert.Equal(0.3e-3 * 0.785, loop.RampAmperes!.Value[2], 1e-15);
        Assert.Equal((-1, 1, 1, (int?)3, 2), (plate.Direction, plate.RampLoop!.Value, plate.Parent!.Value, plate.Next, plate.StepId));
        Assert.Equal((1, "steps[1].steps[1]", (int?)null, 3), (strip.Direction, strip.Path, strip.Next, strip.StepId));
        Assert.Equal(new LimitSet(-1, 1, 0.2, 6e-3 * 0.785, 0.02, 1), plate.Limits with { MaxAmperes = 6e-3 * 0.785 });
        Assert.Equal(new RecordRule(10, 0.001, null, null, null), plate.Record);
        Assert.Equal((0.1, Measure.Ccd), (program.SampleEverySeconds, program.Measure));
    }

    [Theory]
    [InlineData("cell: { area: ask }\nsteps:\n  - plate: 1 mA/cm2\n    for: 1 h\n", "p.yaml:3:15: cell.area: nobody gave area; write --cell area=0.785cm2")]
    [InlineData("steps:\n  - plate: 1 mA/cm2\n    for: 1 h\n  - strip: 1 mA/cm2\n    for: 1 h\n", "p.yaml:4:12: steps[0].plate: '1 mA/cm2' needs the cell's area, and nobody gave it; write --cell area=0.785cm2")]
    [InlineData("steps:\n  - charge: C/20\n    for: 1 h\n", "p.yaml:4:13: steps[0].charge: 'C/20' needs the cell's one_c or nominal_capacity, and nobody gave it; write --cell one_c=1.07mA/cm2")]
    [InlineData("steps:\n  - charge: 1 mA\n    until: 100 mAh/g\n", "p.yaml:5:12: steps[0].until: '100 mAh/g' needs the cell's active_mass")]
    [InlineData("steps:\n  - ramp: [0.1C, 0.2C]\n    steps: [ { charge: ramp, for: 1 h } ]\n", "p.yaml:4:12: steps[0].ramp[0]: '0.1C' needs the cell's one_c")]
    [InlineData("steps:\n  - charge: 50 mA\n    for: 1 h\n", "p.yaml:4:13: steps[0].charge: '50 mA' is 50 mA on this cell, beyond the channel's largest range, 10 mA")]
    [InlineData("steps:\n  - charge: 50 nA\n    for: 1 h\n", "p.yaml:4:13: steps[0].charge: '50 nA' is 50 nA on this cell, less than the channel can programme, 100 nA")]
    [InlineData("steps:\n  - ramp: { from: 1 mA, by: 1 mA, to: 50 mA }\n    steps: [ { plate: ramp, for: 1 h } ]\n", "p.yaml:4:39: steps[0].ramp.to: '50 mA' is 50 mA on this cell, beyond")]
    [InlineData("limits: { voltage: { max: 6 V } }\nsteps:\n  - rest: 1 h\n  - rest: 1 h\n", "p.yaml:3:27: limits.voltage.max: '6 V' is outside the channel's window, -5 V to 5 V")]
    [InlineData("steps:\n  - sweep: { from: 0 V, to: 5.5 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:4:29: steps[0].sweep.to: '5.5 V' is outside the channel's window")]
    [InlineData("steps:\n  - sweep: { from: -6 V, to: 5 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:4:20: steps[0].sweep.from: '-6 V' is outside the channel's window")]
    [InlineData("steps:\n  - sweep: { from: 0 V, to: 5 V, rate: 1 mV/s }\n    at_most: 50 mA\n", "p.yaml:5:14: steps[0].at_most: '50 mA' is 50 mA on this cell, beyond the channel's largest range")]
    [InlineData("steps:\n  - charge: 1 mA\n    until: 5.5 V\n", "p.yaml:5:12: steps[0].until: '5.5 V' is outside the channel's window")]
    [InlineData("sample: { every: 10 ms, required: true }\nsteps:\n  - rest: 1 h\n", "p.yaml:3:18: sample.every: '10 ms' is required, and the channel samples every 100 ms at best")]
    public void Compile_WhatCannotRun_IsNamedOnceWithItsPlace(string body, string expected)
    {
        var compiled = Compile(Head + body, "", channel: s_channel);
        Assert.Null(compiled.Program);
        var lines = compiled.Problems.Select(p => p.ToString()).ToList();
        Assert.True(lines.Count == 1 && lines[0].StartsWith(expected, StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Theory]
    [InlineData("steps:\n  - hold: 1 V\n    at_most: 1 mA\n    for: 1 h\n", "p.yaml:4:11: steps[0].hold: '1 V' needs constant voltage, which the channel cannot do")]
    [InlineData("steps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:4:29: steps[0].sweep.to: '1 V' needs constant voltage, which the channel cannot do")]
    [InlineData("steps:\n  - charge: 1 mA\n    until: 1 V\n    within: 1 h\n    hold_until: 1 h\n", "p.yaml:7:17: steps[0].hold_until: '1 h' needs constant voltage")]
    public void Compile_HoldOnAChannelWithoutOne_IsRefused(string body, string expected)
    {
        var compiled = Compile(Head + body, "", channel: s_channel with { HoldsVoltage = false });
        Assert.StartsWith(expected, Assert.Single(compiled.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Sweep_IsAPathInTime()
    {
        var program = Compile(
            Head + "sample: { every: 2 s }\nsteps:\n  - rest: 1 min\n  - sweep: { from: open_circuit, to: -0.1 V, rate: 0.2 mV/s }\n    at_most: 1 mA\n  - sweep: { from: -0.1 V, to: 100 mV, rate: 0.2 mV/s }\n    at_most: 5 mA/cm2\n  - hold: 0.1 V\n    for: 1 h\n",
            "area=0.785cm2",
            channel: s_channel).Program!;
        var (first, second, hold) = ((StepNode)program.Nodes[1], (StepNode)program.Nodes[2], (StepNode)program.Nodes[3]);

        Assert.Equal((StepKind.Sweep, new SweepPath(null, -0.1, 2e-4), (double?)null, 0), (first.Kind, first.Sweep, first.ForSeconds, first.Direction));
        Assert.Equal((new SweepPath(-0.1, 0.1, 2e-4), 1000.0, 5e-3 * 0.785), (second.Sweep, second.ForSeconds!.Value, second.AtMostAmperes!.Value));
        Assert.Equal((0.1, 5e-3 * 0.785), (hold.Volts!.Value, hold.AtMostAmperes!.Value));
    }

    [Theory]
    [InlineData("10 mV/s", "1 s", null)]
    [InlineData("20 mV/s", "500 ms", null)]
    [InlineData("20 mV/s", "1 s", "p.yaml:5:40: steps[0].sweep.rate: '20 mV/s' moves the voltage in steps of 0.02 V: it is set once in 1 s; write sample: { every: 500 ms }, or a slower rate")]
    [InlineData("20 V/s", "1 s", "p.yaml:5:40: steps[0].sweep.rate: '20 V/s' moves the voltage in steps of 1 V: it is set once in 1 s; write a slower rate")]
    [InlineData("1 V/s", "100 ms", "p.yaml:5:40: steps[0].sweep.rate: '1 V/s' moves the voltage in steps of 0.1 V: it is set once in 100 ms; write a slower rate")]
    public void Compile_SweepInCoarseSteps_IsWarnedAbout(string rate, string every, string? expected)
    {
        var compiled = Compile(
            $"{Head}sample: {{ every: {every} }}\nsteps:\n  - sweep: {{ from: 0 V, to: 1 V, rate: {rate} }}\n    at_most: 1 mA\nlimits: {{ current: {{ max: 0.5 mA }} }}\n", "", channel: s_channel);

        Assert.Equal(expected is null ? [] : [expected], compiled.Warnings.Select(w => w.ToString()));
    }

    [Fact]
    public void Compile_SweepShorterThanACoarseStep_IsNot()
    {
        var compiled = Compile(
            $"{Head}sample: {{ every: 1 s }}\nsteps:\n  - sweep: {{ from: 0 V, to: 9 mV, rate: 1 V/s }}\n    at_most: 1 mA\nlimits: {{ current: {{ max: 0.5 mA }} }}\n", "", channel: s_channel);

        Assert.Empty(compiled.Warnings);
    }

    [Theory]
    [InlineData("", "there is no limits.current.max, and a short in a sweep is nothing else")]
    [InlineData("limits: { current: { max: 2 mA } }\n", "limits.current.max is 2 mA on this cell, not below it")]
    [InlineData("limits: { current: { max: 1 mA } }\n", "limits.current.max is 1 mA on this cell, not below it")]
    [InlineData("limits: { current: { max: 0.9 mA } }\n", null)]
    public void Compile_SweepWhoseCeilingHidesASurge_IsWarnedAbout(string limits, string? expected)
    {
        var text = Head + limits + "steps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n";
        var boxed = s_channel with { Schedule = new ScheduledOperation(TimeSpan.FromSeconds(5), 100, false) };

        Assert.Equal(expected is null ? 0 : 1, Compile(text, "", channel: s_channel).Warnings.Count(w => w.ToString().Contains(expected!, StringComparison.Ordinal)));
        Assert.Empty(Compile(text, "", channel: boxed).Warnings); // There the ceiling is a protection itself.
    }

    /// <summary>Readings out of an instrument's buffer come in blocks: no voltage can be set at each of them.</summary>
    [Fact]
    public void Compile_SweepOnAChannelWithABuffer_IsSampledOneByOne()
    {
        var channel = s_channel with { Buffered = new BufferedSampling(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100), 1000) };
        var program = Compile(
            Head + "sample: { every: 1 ms }\nsteps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n  - rest: 1 min\n", "", channel: channel).Program!;

        Assert.Equal([0.1, 0.001], program.Nodes.Cast<StepNode>().Select(s => s.SampleEverySeconds));
    }

    [Fact]
    public void Compile_Confirmation_IsInTheProgram()
    {
        var compiled = Compile(Head + "short_circuit: { hard: abort, soft: report, confirm: { rest: 20 s, reversed_pulses: true } }\nsteps:\n  - rest: 1 h\n", "");
        Assert.Empty(compiled.Warnings);
        Assert.Equal(new ConfirmationPlan(20, true), compiled.Program!.ShortCircuit.Confirm);
    }

    [Fact]
    public void Compile_ReversedPulsesOnAFullCell_AreRefused()
    {
        var compiled = Compile(Head + "short_circuit: { confirm: { reversed_pulses: true } }\nsteps:\n  - rest: 1 h\n", "kind=full");
        Assert.Contains("reversed_pulses: 'true' is not possible on a full cell", Assert.Single(compiled.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_KindUnlikeTheProtocols_IsRefused()
    {
        var compiled = Compile(Head + "cell: { kind: symmetric }\nsteps:\n  - plate: 1 mA\n    for: 1 h\n", "kind=full");
        Assert.StartsWith("--cell:1:6: kind: 'full' is not the kind that the protocol is for: symmetric", compiled.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_SlowChannel_WarnsAndSamplesAtItsBest()
    {
        var compiled = Compile(Head + "sample: { every: 10 ms }\nsteps:\n  - rest: 1 h\n", "", channel: s_channel);
        Assert.Equal(0.1, compiled.Program!.SampleEverySeconds);
        Assert.Contains("the channel samples every 100 ms at best", Assert.Single(compiled.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OnlyAVoltageGoal_ImpliesWithin()
    {
        const string body = Head + "steps:\n  - charge: 0.5C\n    until: 4.2 V\n  - ramp: [1C, 2C]\n    steps: [ { discharge: ramp, until: 2.5 V } ]\n  - charge: 1C\n    until: [4.2 V, 1 mAh]\n";
        var program = Compile(body, "nominal_capacity=2mAh").Program!;

        Assert.Equal(1.5 * 2 * 3600, ((StepNode)program.Nodes[0]).WithinSeconds!.Value, 1e-9);
        Assert.Equal((null, 0.003), (((StepNode)program.Nodes[2]).WithinSeconds, ((StepNode)program.Nodes[2]).WithinAmpHours));
        Assert.Null(((StepNode)program.Nodes[3]).WithinSeconds);
    }

    [Theory]
    [InlineData("kind=half,counter_lithium=10mAh", 15.0)]
    [InlineData("kind=symmetric,counter_lithium=10mAh,working_lithium=2mAh", 18.0)]
    [InlineData("kind=symmetric,working_lithium=2mAh", null)]
    public void Compile_ImpliedWithinOfLithium_NeedsTheLithium(string cell, double? hours)
    {
        var within = ((StepNode)Compile(Head + "steps:\n  - strip: 1 mA\n    until: 1 V\n", cell).Program!.Nodes[0]).WithinSeconds;
        Assert.Equal(hours, within is { } seconds ? Math.Round(seconds / 3600, 9) : null);
    }

    [Fact]
    public void Compile_OwnSettings_OverrideTheOuterOnes()
    {
        const string body = """
            limits: { voltage: { min: -1 V, max: 1 V }, current: { max: 5 mA } }
            record: { every: 10 s, on_change: { voltage: 1 mV } }
            steps:
              - repeat: 2
                limits: { voltage: { max: 2 V } }
                record: { every: 30 s }
                steps:
                  - rest: 1 h
                  - rest: 1 h
                    limits: { voltage: { min: -2 V, longer_than: 1 s } }
              - rest: 1 h
            """;
        var nodes = Compile(Head + body, "").Program!.Nodes;
        Assert.Equal(new LimitSet(-1, 2, 0.2, 0.005, null, 1), ((StepNode)nodes[1]).Limits);
        Assert.Equal(new LimitSet(-2, 2, 1, 0.005, null, 1), ((StepNode)nodes[2]).Limits);
        Assert.Equal(new LimitSet(-1, 1, 0.2, 0.005, null, 1), ((StepNode)nodes[3]).Limits);
        Assert.Equal(new RecordRule(30, null, null, null, null), ((StepNode)nodes[1]).Record);
        Assert.Equal((3, (int?)null, 2), (nodes[0].Next!.Value, nodes[2].Next, ((StepNode)nodes[2]).StepId));
    }

    [Fact]
    public void Compile_HoldAfterItsVoltage_TakesTheCeilingOfTheStepBefore()
    {
        const string body = "steps:\n  - charge: 2 mA\n    until: 4.2 V\n  - hold: 4.2 V\n    until: 0.1 mA\n  - charge: 2 mA\n    until: { at: 4.2 V, then: end_run }\n    hold_until: [0.2 mA, 1 h]\n";
        var nodes = Compile(Head + body, "").Program!.Nodes;
        var hold = (StepNode)nodes[1];
        Assert.Equal((StepKind.Hold, 4.2, 0.002, 0), (hold.Kind, hold.Volts!.Value, hold.AtMostAmperes!.Value, hold.Direction));
        Assert.Equal(new Goal(GoalKind.Current, 0.0001, GoalThen.NextStep, null), hold.Goals[0]);
        Assert.Equal(new HoldUntil(0.0002, 3600), ((StepNode)nodes[2]).HoldUntil);
    }

    [Fact]
    public void Compile_OverriddenParameters_AreUsedAndChecked()
    {
        const string body = Head + "parameters: { current: 1 mA, cycles: 3 }\nsteps:\n  - repeat: $cycles\n    steps: [ { plate: $current, for: 1 h } ]\n";
        var program = Compile(body, "", ("current", "0.5mA"), ("cycles", "7")).Program!;
        Assert.Equal((7L, 0.0005), (((LoopNode)program.Nodes[0]).Passes, ((StepNode)program.Nodes[1]).Amperes!.Value));

        Assert.Equal(
            "--set:1:1: curent: 'curent' is no parameter of the protocol; did you mean current? the protocol has current, cycles",
            Compile(body, "", ("curent", "1 mA")).Problems[0].ToString());
        Assert.Equal("--set:1:9: current: '1 Q' has unknown unit 'Q'", Compile(body, "", ("current", "1 Q")).Problems[0].ToString().Split(';')[0]);
        Assert.StartsWith("p.yaml:6:23: steps[0].steps[0].plate: '1 V' is a voltage", Compile(body, "", ("current", "1 V")).Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Compile_ShippedFileOnItsCell_FitsTheChannel(string name)
    {
        var compiled = Compile(ShippedFiles.Text(name), "area=0.785cm2,nominal_capacity=1.07mAh/cm2", file: name + ".yaml", channel: s_channel);
        Assert.Equal("", string.Join('\n', compiled.Problems));
        Assert.Equal("", string.Join('\n', compiled.Warnings));
        Assert.All(compiled.Program!.Nodes, n => Assert.Equal(compiled.Program.Nodes.IndexOf(n), n.Index));
    }

    public static TheoryData<string> Shipped => [.. ShippedFiles.Names];

    private static CompiledProtocol Compile(string text, string cell, params (string Name, string Value)[] parameters) =>
        Compile(text, cell, "p.yaml", null, parameters);

    private static CompiledProtocol Compile(
        string text, string cell, string file = "p.yaml", ChannelCapabilities? channel = null, params (string Name, string Value)[] parameters)
    {
        var reading = ProtocolReader.Read(file, text);
        Assert.Equal("", string.Join('\n', reading.Problems));
        var problems = new ProblemList(CellSpecReader.CommandLine);
        var given = CellSpecReader.FromText(cell, problems);
        Assert.Equal(0, problems.Count);
        return RunProgramCompiler.Compile(reading.Definition!, given, parameters.ToImmutableDictionary(p => p.Name, p => p.Value), channel);
    }
}
