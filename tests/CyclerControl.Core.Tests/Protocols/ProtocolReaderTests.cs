using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Protocols;

public sealed class ProtocolReaderTests
{
    private const string Head = "protocol: p\nversion: 1\n";

    [Fact]
    public void Read_TheExampleOfTheFormat_GivesEveryValue()
    {
        var reading = ProtocolReader.Read("ccd-step-increased.yaml", ShippedFiles.Text("ccd-step-increased"));

        Assert.Empty(reading.Problems);
        var protocol = reading.Definition!;
        Assert.Equal(("ccd-step-increased", 1, Measure.Ccd), (protocol.Name, protocol.Version, protocol.Measure));
        Assert.True(protocol.Cell["area"]!.IsAsk);
        Assert.Equal(new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Abort, null), protocol.ShortCircuit);
        Assert.Equal((null, 600.0), (protocol.OnRestart.ResumeWithinSeconds, protocol.OnLinkLoss.ResumeWithinSeconds));
        var ramp = Assert.IsType<RampLoop>(protocol.Steps[1]);
        Assert.Equal(50, ramp.Values.Length);
        Assert.Equal("0.3 mA/cm2", ramp.Values[2].ToString());
        Assert.Equal(["plate", "strip"], ramp.Steps.Select(s => ((CurrentStep)s).Verb));
    }

    [Theory]
    [InlineData("steps:\n  - rest: 10\n", "p.yaml:4:11: steps[0].rest: '10' has no unit; 10 what? write 10 s")]
    [InlineData("steps:\n  - charge: 1 Q\n    for: 1 h\n", "p.yaml:4:13: steps[0].charge: '1 Q' has unknown unit 'Q'; use A/cm2, mA/cm2, uA/cm2, A, mA, uA, nA, A/g, mA/g, C/20")]
    [InlineData("steps:\n  - charge: -1 mA\n    for: 1 h\n", "p.yaml:4:13: steps[0].charge: '-1 mA' carries a sign, and the verb gives the direction; write discharge: 1 mA")]
    [InlineData("steps:\n  - charge: 0 mA\n    for: 1 h\n", "p.yaml:4:13: steps[0].charge: '0 mA' moves nothing; write rest: 10 min for a step without current")]
    [InlineData("steps:\n  - charge: 1 mA\n", "p.yaml:4:5: steps[0]: 'charge' never ends; add for: 1 h, or until: with a voltage, capacity or current")]
    [InlineData("steps:\n  - chrage: 1 mA\n    for: 1 h\n", "p.yaml:4:5: steps[0].chrage: 'chrage' is no kind of step; did you mean charge?")]
    [InlineData("steps:\n  - impedance: 1 mV\n", "p.yaml:4:5: steps[0].impedance: 'impedance' is a step that is not supported yet")]
    [InlineData("steps:\n  - charge: 1 mA\n    rest: 1 h\n", "p.yaml:5:5: steps[0].rest: 'rest' is a second verb beside charge; begin each step with its own dash")]
    [InlineData("steps:\n  - rest: 1 h\n    fro: 1 h\n", "p.yaml:5:5: steps[0].fro: 'fro' is an unknown key; a rest step has the keys rest, name, record, sample, limits")]
    [InlineData("steps:\n  - ramp: { from: 0.1 mA, by: 0.2 mA, to: 1 mA }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:43: steps[0].ramp.to: '1 mA' is not reached from 0.1 mA by 0.2 mA: its neighbours are 0.9 mA and 1.1 mA; write to: 0.9 mA or to: 1.1 mA")]
    [InlineData("steps:\n  - ramp: { from: 0.1 mA, by: 0.2 mA }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:11: steps[0].ramp.to: is missing; write to: 1 mA/cm2")]
    [InlineData("steps:\n  - ramp: { from: 2 mA, by: 0.5 mA, to: 1 mA }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:29: steps[0].ramp.by: '0.5 mA' leads away from to: 1 mA; write by: -0.5 mA")]
    [InlineData("steps:\n  - ramp: { from: 2 mA, by: 0 mA, to: 1 mA }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:29: steps[0].ramp.by: '0 mA' never arrives")]
    [InlineData("steps:\n  - ramp: { from: 2 mA, by: 1 mA/cm2, to: 5 mA }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:29: steps[0].ramp.by: '1 mA/cm2' is a current density, and from is a current; use mA for all three")]
    [InlineData("steps:\n  - ramp: [1 mA, 2 mA/g]\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:18: steps[0].ramp[1]: '2 mA/g' is a specific current, and the first value is a current; use one kind of unit")]
    [InlineData("steps:\n  - plate: ramp\n    for: 1 h\n", "p.yaml:4:12: steps[0].plate: 'ramp' stands outside a ramp")]
    [InlineData("steps:\n  - plate: $current\n    for: 1 h\n", "p.yaml:4:12: steps[0].plate: '$current' is no parameter of this protocol; declare it: parameters: { current: 1 mA/cm2 }")]
    [InlineData("parameters: { current: 1 mA }\nsteps:\n  - plate: $curent\n    for: 1 h\n", "p.yaml:5:12: steps[0].plate: '$curent' is no parameter of this protocol; did you mean $current?")]
    [InlineData("parameters: { current: 1 }\nsteps:\n  - plate: $current\n    for: 1 h\n", "p.yaml:5:12: steps[0].plate: '1' has no unit; 1 what? write 1 mA/cm2")]
    [InlineData("parameters: { current: 1 mA }\nsteps:\n  - rest: 1 h\n", "p.yaml:3:15: parameters.current: 'current' is never used")]
    [InlineData("steps:\n  - plate: 1 mA\n    until: 1 V\n    then: end_repeat\n", "p.yaml:5:12: steps[0].until: '1 V' ends a repeat that is not there")]
    [InlineData("steps:\n  - plate: 1 mA\n    for: 1 h\n    then: end_run\n", "p.yaml:6:11: steps[0].then: 'end_run' belongs to a goal, and the step has no until")]
    [InlineData("steps:\n  - plate: 1 mA\n    for: 1 h\n    within: 2 h\n", "p.yaml:6:13: steps[0].within: '2 h' guards a goal, and the step has no until")]
    [InlineData("steps:\n  - charge: 1 mA\n    until: 1 mAh\n    hold_until: 1 h\n", "p.yaml:6:17: steps[0].hold_until: '1 h' needs a voltage to hold; add a voltage to until")]
    [InlineData("steps:\n  - charge: 1 mA\n    for: 1 h\n    hold_until: 1 h\n", "p.yaml:6:17: steps[0].hold_until: '1 h' needs a voltage to hold; write until: with a voltage beside it")]
    [InlineData("steps:\n  - charge: 1 mA\n    until: 0.1 mA\n", "p.yaml:5:12: steps[0].until: '0.1 mA' is a current, and a charge step keeps its current")]
    [InlineData("steps:\n  - hold: 4 V\n    at_most: 1 mA\n    until: 3 V\n", "p.yaml:6:12: steps[0].until: '3 V' is a voltage, and a hold keeps its voltage")]
    [InlineData("steps:\n  - hold: 4 V\n    for: 1 h\n", "p.yaml:4:11: steps[0].hold: '4 V' has no ceiling for its current, and the step before does not end at that voltage; add at_most: 1 mA/cm2")]
    [InlineData("limits: { voltage: { max: 1 V } }\nsteps:\n  - strip: 1 mA\n    until: 0.96 V\n", "p.yaml:6:12: steps[0].until: '0.96 V' is not 50 mV below limits.voltage.max, 1 V: the limit would trip first; lower it, or write max: 1.01 V or more")]
    [InlineData("limits: { voltage: { min: 2.5 V } }\nsteps:\n  - discharge: 1 mA\n    until: 2.5 V\n", "p.yaml:6:12: steps[0].until: '2.5 V' is not 50 mV above limits.voltage.min, 2.5 V")]
    [InlineData("limits: { voltage: { min: 1 V, max: -1 V } }\nsteps:\n  - rest: 1 h\n", "p.yaml:3:27: limits.voltage.min: '1 V' is not below max, -1 V")]
    [InlineData("cell: { kind: full }\nsteps:\n  - plate: 1 mA\n    for: 1 h\n", "p.yaml:5:5: steps[0].plate: 'plate' is ambiguous on a full cell: in a full cell lithium plates on charge; use charge / discharge")]
    [InlineData("steps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n", "p.yaml:4:5: steps[0].at_most: is missing; write at_most: 1 mA/cm2")]
    [InlineData("steps:\n  - sweep: 1 mV/s\n    at_most: 1 mA\n", "p.yaml:4:12: steps[0].sweep: '1 mV/s' must have keys below it; write sweep: { from: open_circuit, to: 1 V, rate: 1 mV/s }")]
    [InlineData("steps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n    for: 1 h\n", "p.yaml:6:5: steps[0].for: 'for' is an unknown key; a sweep step has the keys sweep, at_most, name, record, sample, limits")]
    [InlineData("steps:\n  - sweep: { from: 1 V, to: 1000 mV, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:4:29: steps[0].sweep.to: '1000 mV' is where the sweep begins; write another voltage, or hold: 1000 mV")]
    [InlineData("steps:\n  - rest: 1 min\n  - sweep: { from: ocv, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:5:20: steps[1].sweep.from: 'ocv' is no voltage; write from: 2.5 V, or from: open_circuit")]
    [InlineData("steps:\n  - sweep: { from: open_circuit, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:4:20: steps[0].sweep.from: 'open_circuit' is the voltage that a rest ends with, and the step before is no rest; put rest: 10 min before the sweep, or write from: 2.5 V")]
    [InlineData("limits: { voltage: { max: 1 V } }\nsteps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:5:29: steps[0].sweep.to: '1 V' is not 50 mV below limits.voltage.max, 1 V: the limit would trip first; lower it, or write max: 1.05 V or more")]
    [InlineData("limits: { voltage: { min: -1 V } }\nsteps:\n  - sweep: { from: -1 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n", "p.yaml:5:20: steps[0].sweep.from: '-1 V' is not 50 mV above limits.voltage.min, -1 V")]
    [InlineData("steps:\n  - sweep: { from: 0 V, to: 1 V, rate: 1 mV/s }\n    at_most: 1 mA\n  - hold: 0.9 V\n    for: 1 h\n", "p.yaml:6:11: steps[1].hold: '0.9 V' has no ceiling for its current, and the step before does not end at that voltage; add at_most: 1 mA/cm2")]
    [InlineData("steps:\n  - repeat: 0\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:13: steps[0].repeat: '0' is not a whole number that is allowed here; use 1 to 1000000")]
    [InlineData("steps:\n  - repeat: 3\n    else: pause\n    steps: [ { rest: 1 s } ]\n", "p.yaml:5:5: steps[0].else: 'else' is an unknown key")]
    [InlineData("steps:\n  - repeat: { up_to: 3 }\n    steps: [ { plate: 1 mA, until: 1 mAh, then: end_repeat } ]\n", "p.yaml:4:13: steps[0].repeat.else: is missing; write else: pause")]
    [InlineData("steps:\n  - repeat: { up_to: 3, else: pause }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:4:13: steps[0].repeat: is never left early: no step of it has then: end_repeat")]
    [InlineData("steps:\n  - repeat: 3\n    steps: []\n", "p.yaml:5:12: steps[0].steps: is an empty list")]
    [InlineData("stop_when: { retention: 80 % }\nsteps:\n  - rest: 1 s\n", "p.yaml:3:1: stop_when: 'stop_when' is not supported yet; leave it out")]
    [InlineData("steps:\n  - repeat: 3\n    stop_when: { total: 1 h }\n    steps: [ { rest: 1 s } ]\n", "p.yaml:5:5: steps[0].stop_when: 'stop_when' is not supported yet")]
    [InlineData("measure: leakage\nsteps:\n  - rest: 1 s\n", "p.yaml:3:10: measure: 'leakage' is not supported yet")]
    [InlineData("measure: cdc\nsteps:\n  - rest: 1 s\n", "p.yaml:3:10: measure: 'cdc' is not one of the words for this; did you mean ccd?")]
    [InlineData("short_circuit: abrot\nsteps:\n  - rest: 1 s\n", "p.yaml:3:16: short_circuit: 'abrot' is not one of the words for this; did you mean abort?")]
    [InlineData("on_restart: go\nsteps:\n  - rest: 1 s\n", "p.yaml:3:13: on_restart: 'go' is no resume policy; write on_restart: stop")]
    [InlineData("record: { every: 10 }\nsteps:\n  - rest: 1 s\n", "p.yaml:3:18: record.every: '10' has no unit; 10 what? write 10 s")]
    [InlineData("record: { every: 100 ms }\nsteps:\n  - rest: 1 s\n", "p.yaml:3:18: record.every: '100 ms' is more often than the channel is sampled; add sample: { every: 100 ms }")]
    [InlineData("sample: { every: 1 s, required: maybe }\nsteps:\n  - rest: 1 s\n", "p.yaml:3:33: sample.required: 'maybe' is neither true nor false")]
    [InlineData("cell: { area: 1 mm }\nsteps:\n  - rest: 1 s\n", "p.yaml:3:15: cell.area: '1 mm' is a length, not an area; use cm2, mm2")]
    [InlineData("cell: { aera: ask }\nsteps:\n  - rest: 1 s\n", "p.yaml:3:9: cell.aera: 'aera' is an unknown key; did you mean area?")]
    public void Read_OneMistake_IsNamedWithPlaceValueAndCure(string body, string expected)
    {
        var lines = ProtocolReader.Read("p.yaml", Head + body).Problems.Select(p => p.ToString()).ToList();
        Assert.True(lines.Count == 1 && lines[0].StartsWith(expected, StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Fact]
    public void Read_SeveralMistakes_AreAllToldInOneGo()
    {
        var lines = ProtocolReader.Read("ccd.yaml", "protocol: Ccd\nsteps:\n  - rest: 10\n  - plate: 1 Q\n    fro: 1 h\n").Problems.Select(p => p.ToString()).ToList();

        Assert.Equal(6, lines.Count);
        Assert.Contains(lines, l => l.Contains("version: is missing", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("'fro' is an unknown key; did you mean for?", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("protocol: 'Ccd' is no name", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NameUnlikeTheFile_IsAProblem() => Assert.Equal(
        "dir/q.yaml:1:11: protocol: 'p' is not the name of the file, q; rename one of them: p.yaml",
        Assert.Single(ProtocolReader.Read("dir/q.yaml", Head + "steps:\n  - rest: 1 s\n").Problems).ToString());

    [Fact]
    public void Read_Json_GivesTheSameProtocol()
    {
        const string json = """
            { "protocol": "p", "version": 1, "cell": { "kind": "symmetric" },
              "steps": [ { "ramp": ["1 mA", "2 mA"], "steps": [ { "plate": "ramp", "until": ["1 mAh", { "at": "-0.5 V", "then": "end_run", "because": "enough" }] } ] } ] }
            """;
        var reading = ProtocolReader.Read("p.json", json);

        Assert.Empty(reading.Problems);
        var plate = (CurrentStep)((RampLoop)reading.Definition!.Steps[0]).Steps[0];
        Assert.Equal([GoalKind.Capacity, GoalKind.Voltage], plate.Ends.Goals.Select(g => g.Kind));
        Assert.Equal((GoalThen.EndRun, "enough"), (plate.Ends.Goals[1].Then, plate.Ends.Goals[1].Because));
    }

    [Fact]
    public void Read_DescendingAndSingleRamps_AreExact()
    {
        var reading = ProtocolReader.Read("p.yaml", Head + """
            steps:
              - ramp: { from: 1 mA, by: -100 uA, to: 0.7 mA }
                steps: [ { rest: 1 s } ]
              - ramp: { from: 1 mA, by: 1 mA, to: 1 mA }
                steps: [ { rest: 1 s } ]
              - ramp: { from: C/3, by: C/3, to: 1C }
                steps: [ { rest: 1 s } ]
            """);

        Assert.Empty(reading.Problems);
        Assert.Equal(["1 mA", "0.9 mA", "0.8 mA", "0.7 mA"], ((RampLoop)reading.Definition!.Steps[0]).Values.Select(v => v.ToString()));
        Assert.Single(((RampLoop)reading.Definition.Steps[1]).Values);
        Assert.Equal(3, ((RampLoop)reading.Definition.Steps[2]).Values.Length);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Read_ShippedFile_HasNoProblem(string name) =>
        Assert.Equal("", string.Join('\n', ProtocolReader.Read(name + ".yaml", ShippedFiles.Text(name)).Problems));

    public static TheoryData<string> Shipped => [.. ShippedFiles.Names];
}
