using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Protocols;

public sealed class ExplainAndPreviewTests
{
    private const string Snapshots = "tests/CyclerControl.Core.Tests/Protocols/Snapshots";

    public static TheoryData<string> Shipped => [.. ShippedFiles.Names];

    [Fact]
    public void Shipped_AreTheTenOfTheFolder() => Assert.Equal(10, ShippedFiles.Names.Count());

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Explain_ShippedFile_IsItsSnapshot(string name) =>
        Snapshot.Matches(ProtocolExplainer.Explain(Definition(name), Given(CellOf(name))), $"{Snapshots}/{name}.explain.txt");

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Preview_ShippedFile_IsItsSnapshot(string name)
    {
        var program = Program(Definition(name), CellOf(name));
        Snapshot.Matches(PreviewPrinter.Print(program, ProtocolPreview.Of(program)), $"{Snapshots}/{name}.preview.txt");
    }

    [Fact]
    public void Explain_CcdStep_IsTheSentenceOfTheIssue() => Assert.Contains(
        "2.1 Plate at 0.1, 0.2 ... 5.0 mA/cm2 (0.0785 ... 3.93 mA on this cell) for 1 h.\n",
        ProtocolExplainer.Explain(Definition("ccd-step-increased"), Given("area=0.785cm2")),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Explain_WithoutACell_WorksToo(string name) => Assert.Contains(
        "area to be given at start (--cell area=0.785cm2)", ProtocolExplainer.Explain(Definition(name), CellGiven.Nothing), StringComparison.Ordinal);

    [Fact]
    public void Preview_PlannedProtocol_IsExact()
    {
        var preview = ProtocolPreview.Of(Program(Definition("ccd-step-increased"), "area=0.785cm2"));

        Assert.Equal(PreviewCertainty.Planned, preview.Certainty);
        Assert.Equal(600 + (100 * 3600), preview.DurationSeconds);
        var plated = Enumerable.Range(1, 50).Sum(n => n * 1e-4 * 0.785);
        Assert.Equal(plated, preview.DischargedAmpHours, 1e-12);
        Assert.Equal(plated, preview.ChargedAmpHours, 1e-12);
        Assert.Equal(1 + 60 + (100 * (1 + 360)), preview.Records);
        Assert.Equal(101, preview.Segments.Length);
        Assert.Equal((600 + (2 * 3600.0), 3600.0), (preview.Segments[3].StartSeconds, preview.Segments[3].DurationSeconds!.Value));
        Assert.Equal(-0.2e-3 * 0.785, preview.Segments[3].Amperes!.Value, 1e-15);
    }

    [Fact]
    public void Preview_AMillionTimesAMillionPasses_TakesNoTime()
    {
        var definition = Read("steps:\n  - repeat: 1000000\n    steps:\n      - repeat: 1000000\n        steps: [ { plate: 1 mA, for: 1 s }, { strip: 1 mA, for: 1 s } ]\n");
        var preview = ProtocolPreview.Of(Program(definition, ""));

        Assert.Equal(2e12, preview.DurationSeconds, 1);
        Assert.Equal(2e12, preview.SegmentCount, 1);
        Assert.True(preview.Segments.Length <= ProtocolPreview.MostSegments);
    }

    [Fact]
    public void Preview_RampsInRamps_AreBounded()
    {
        const string ramp = "{ from: 1 uA, by: 1 uA, to: 10 mA }";
        var definition = Read($"steps:\n  - ramp: {ramp}\n    steps:\n      - ramp: {ramp}\n        steps:\n          - ramp: {ramp}\n            steps: [ {{ plate: ramp, for: 1 s }} ]\n");
        Assert.Equal(PreviewCertainty.Estimated, ProtocolPreview.Of(Program(definition, "")).Certainty);
    }

    [Fact]
    public void Preview_FullCell_EstimatesFromItsCapacity()
    {
        var definition = Read("steps:\n  - repeat: 3\n    steps: [ { charge: 0.5C, until: 4.2 V }, { discharge: 0.5C, until: 2.5 V } ]\n");
        var preview = ProtocolPreview.Of(Program(definition, "kind=full,nominal_capacity=2mAh"));

        Assert.Equal(PreviewCertainty.Estimated, preview.Certainty);
        Assert.Equal(12 * 3600, preview.DurationSeconds, 1e-6);
        Assert.Equal((0.006, 0.006), (Math.Round(preview.ChargedAmpHours, 9), Math.Round(preview.DischargedAmpHours, 9)));
    }

    [Fact]
    public void Preview_UnknownCapacity_SaysAtLeast()
    {
        var preview = ProtocolPreview.Of(Program(Read("steps:\n  - charge: 1 mA\n    until: 4.2 V\n  - rest: 1 h\n"), ""));
        Assert.Equal((PreviewCertainty.AtLeast, 3600.0, (double?)null), (preview.Certainty, preview.DurationSeconds, preview.Segments[0].DurationSeconds));
    }

    [Fact]
    public void Preview_EndRepeat_LeavesTheLoopWhenTheCellIsFull()
    {
        var preview = ProtocolPreview.Of(Program(
            Read("steps:\n  - repeat: { up_to: 500, else: stop }\n    steps:\n      - charge: 1 mA\n        for: 5 min\n        until: { at: 4.2 V, then: end_repeat }\n      - rest: 25 min\n  - rest: 1 h\n"),
            "kind=full,nominal_capacity=0.99mAh"));

        // 11 pulses of 5 min move 0.9167 mAh at 1 mA; the 12th is full after 264 s and leaves the loop.
        Assert.Equal((11 * 1800) + 264 + 3600, preview.DurationSeconds, 1e-6);
    }

    [Fact]
    public void Explain_ImpliedWithin_IsPrintedWithItsReason()
    {
        var definition = Read("steps:\n  - charge: 0.5C\n    until: 4.2 V\n    hold_until: [0.05C, 1 h]\n");
        Assert.Contains(
            "1. Charge at 0.5C (1 mA on this cell) until the voltage reaches 4.2 V, then hold 4.2 V until the current falls to 0.05C (0.1 mA on this cell) or for 1 h; not reached within 3 h (1.5 x what the cell can hold): output off and pause.",
            ProtocolExplainer.Explain(definition, Given("nominal_capacity=2mAh")),
            StringComparison.Ordinal);
        Assert.Contains("no bound in time: what the cell can hold is not known", ProtocolExplainer.Explain(definition, CellGiven.Nothing), StringComparison.Ordinal);
    }

    private static string CellOf(string name) => Definition(name).Cell["kind"]!.Node.Text == "full" ? "area=0.785cm2,nominal_capacity=1.07mAh/cm2" : "area=0.785cm2";

    private static ProtocolDefinition Definition(string name) => ProtocolReader.Read(name + ".yaml", ShippedFiles.Text(name)).Definition!;

    private static ProtocolDefinition Read(string steps)
    {
        var reading = ProtocolReader.Read("p.yaml", "protocol: p\nversion: 1\n" + steps);
        Assert.Equal("", string.Join('\n', reading.Problems));
        return reading.Definition!;
    }

    private static CellGiven Given(string cell) => CellSpecReader.FromText(cell, new ProblemList(CellSpecReader.CommandLine));

    private static RunProgram Program(ProtocolDefinition definition, string cell)
    {
        var compiled = RunProgramCompiler.Compile(definition, Given(cell), ImmutableDictionary<string, string>.Empty);
        Assert.Equal("", string.Join('\n', compiled.Problems));
        return compiled.Program!;
    }
}
