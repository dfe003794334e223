using CyclerControl.Core.Protocols;

namespace CyclerControl.Core.Tests.Protocols;

/// <summary>One value that each key must refuse: what stands in the key lists is what the reader holds to.</summary>
public sealed class WrongValueTests
{
    private const string Steps = "steps:\n  - rest: 1 s\n";
    private const string Ends = "  - plate: 1 mA\n    for: 1 h\n";

    [Theory]
    [InlineData("measure", "measure: speed\n")]
    [InlineData("cell.area", "cell: { area: -1 cm2 }\n")]
    [InlineData("record.every", "record: { every: 0 s }\n")]
    [InlineData("record.on_change.voltage", "record: { on_change: { voltage: 0 mV } }\n")]
    [InlineData("record.on_change.current", "record: { on_change: { current: -1 mA } }\n")]
    [InlineData("record.after_change.every", "record: { after_change: { every: 0 s, for: 1 s } }\n")]
    [InlineData("record.after_change.for", "record: { after_change: { every: 1 s, for: 0 s } }\n")]
    [InlineData("sample.every", "sample: { every: 0 s }\n")]
    [InlineData("sample.required", "sample: { every: 1 s, required: maybe }\n")]
    [InlineData("limits.voltage.min", "limits: { voltage: { min: 1 mA } }\n")]
    [InlineData("limits.voltage.max", "limits: { voltage: { max: 1 mA } }\n")]
    [InlineData("limits.voltage.longer_than", "limits: { voltage: { max: 1 V, longer_than: -1 s } }\n")]
    [InlineData("limits.current.max", "limits: { current: { max: 0 mA } }\n")]
    [InlineData("limits.current.deviation", "limits: { current: { deviation: -2 % } }\n")]
    [InlineData("limits.current.longer_than", "limits: { current: { max: 1 mA, longer_than: -1 s } }\n")]
    [InlineData("short_circuit", "short_circuit: halt\n")]
    [InlineData("short_circuit.hard", "short_circuit: { hard: halt }\n")]
    [InlineData("short_circuit.soft", "short_circuit: { soft: halt }\n")]
    [InlineData("short_circuit.confirm.rest", "short_circuit: { confirm: { rest: 0 s } }\n")]
    [InlineData("short_circuit.confirm.rest", "short_circuit: { confirm: { rest: 11 min } }\n")]
    [InlineData("short_circuit.confirm.reversed_pulses", "short_circuit: { confirm: { reversed_pulses: 2 } }\n")]
    [InlineData("on_restart.resume_within", "on_restart: { resume_within: -1 s }\n")]
    [InlineData("on_link_loss.resume_within", "on_link_loss: { resume_within: -1 s }\n")]
    public void Read_WrongValueInTheHead_IsOneProblemAtItsKey(string path, string line) =>
        AssertOneProblem(path, "protocol: p\nversion: 1\n" + line + Steps + Ends);

    [Theory]
    [InlineData("steps[1].rest", "  - rest: 0 s\n")]
    [InlineData("steps[1].for", "  - plate: 1 mA\n    for: 0 s\n")]
    [InlineData("steps[1].within", "  - plate: 1 mA\n    until: 1 mAh\n    within: 0 s\n")]
    [InlineData("steps[1].until", "  - plate: 1 mA\n    until: 1 s\n")]
    [InlineData("steps[1].until.at", "  - plate: 1 mA\n    until: { at: 1 s }\n")]
    [InlineData("steps[1].until.then", "  - plate: 1 mA\n    until: { at: 1 mAh, then: sleep }\n")]
    [InlineData("steps[1].then", "  - plate: 1 mA\n    until: 1 mAh\n    then: sleep\n")]
    [InlineData("steps[1].hold_until", "  - charge: 1 mA\n    until: 4.2 V\n    hold_until: 0 mA\n")]
    [InlineData("steps[1].hold", "  - hold: 1 mA\n    for: 1 h\n")]
    [InlineData("steps[1].at_most", "  - hold: 4 V\n    at_most: 0 mA\n    for: 1 h\n")]
    [InlineData("steps[1].sweep.from", "  - sweep: { from: rest, to: 2 V, rate: 1 mV/s }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.from", "  - sweep: { from: 1 mA, to: 2 V, rate: 1 mV/s }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.from", "  - sweep: { from: [1 V], to: 2 V, rate: 1 mV/s }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.to", "  - sweep: { from: 1 V, to: 2 mA, rate: 1 mV/s }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.rate", "  - sweep: { from: 1 V, to: 2 V, rate: 0 mV/s }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.rate", "  - sweep: { from: 2 V, to: 1 V, rate: -1 mV/s }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.rate", "  - sweep: { from: 2 V, to: 1 V, rate: 1 mV }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].sweep.rate", "  - sweep: { from: 2 V, to: 1 V }\n    at_most: 1 mA\n")]
    [InlineData("steps[1].at_most", "  - sweep: { from: 1 V, to: 2 V, rate: 1 mV/s }\n    at_most: 0 mA\n")]
    [InlineData("steps[1].repeat", "  - repeat: 0\n    steps: [ { rest: 1 s } ]\n")]
    [InlineData("steps[1].repeat.up_to", "  - repeat: { up_to: 0, else: next }\n    steps: [ { plate: 1 mA, until: 1 mAh, then: end_repeat } ]\n")]
    [InlineData("steps[1].repeat.else", "  - repeat: { up_to: 3, else: wait }\n    steps: [ { plate: 1 mA, until: 1 mAh, then: end_repeat } ]\n")]
    [InlineData("steps[1].ramp.from", "  - ramp: { from: -1 mA, by: 1 mA, to: 3 mA }\n    steps: [ { plate: ramp, for: 1 h } ]\n")]
    public void Read_WrongValueInAStep_IsOneProblemAtItsKey(string path, string step) =>
        AssertOneProblem(path, "protocol: p\nversion: 1\n" + Steps + step);

    [Fact]
    public void Read_VersionZero_IsOneProblem() => AssertOneProblem("version", "protocol: p\nversion: 0\n" + Steps);

    private static void AssertOneProblem(string path, string text)
    {
        var problem = Assert.Single(ProtocolReader.Read("p.yaml", text).Problems);
        Assert.Equal(path, problem.Path);
        Assert.NotEmpty(problem.Cure);
    }
}
