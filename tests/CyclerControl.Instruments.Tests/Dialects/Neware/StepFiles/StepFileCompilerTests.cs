using System.Text;
using CyclerControl.Instruments.Dialects.Neware.StepFiles;
using CyclerControl.Testing;

namespace CyclerControl.Instruments.Tests.Dialects.Neware.StepFiles;

public sealed class StepFileCompilerTests
{
    private const string Cycle = "  - rest: 10 min\n  - repeat: 500\n    steps:\n      - plate: 0.5 mA\n        for: 1 h\n      - strip: 0.5 mA\n        for: 1 h";

    [Fact]
    public void Compile_PlatingAndStripping_IsALoopOfTheBox()
    {
        var compilation = Recipes.Compile(Cycle);
        Assert.Equal(
            ["4: Time=600000", "2: Curr=0.5 Time=3600000", "1: Curr=0.5 Time=3600000", "5: Start_Step=2 Cycle_Count=500", "6:"],
            Recipes.Steps(compilation).Elements().Select(Recipes.Words));
        Assert.Equal([0, 2, 3], compilation.Schedule!.Steps.Select(step => step.Node));
        Assert.Equal(["Step1", "Step2", "Step3", "Step4", "Step5"], Recipes.Steps(compilation).Elements().Select(step => step.Name.LocalName));
        Assert.Equal("5", (string?)Recipes.Steps(compilation).Attribute("Num"));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    public void Compile_Version_IsThatOfTheProfile(int version)
    {
        var config = Recipes.Config(Recipes.Compile(Cycle, version: version));
        Assert.Equal("Step File", (string?)config.Attribute("type"));
        Assert.Equal(version.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)config.Attribute("version"));
        Assert.Equal(["Head_Info", "Whole_Prt", "Step_Info", "SMBUS"], config.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Compile_Text_IsUtf8WithoutMarkAndTheSameEachTime()
    {
        var text = Recipes.Compile(Cycle).Schedule!.Text;
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<root>", text, StringComparison.Ordinal);
        Assert.Equal(text, Recipes.Compile(Cycle).Schedule!.Text);
    }

    [Fact]
    public void Compile_Ramp_IsOnePairForEachCurrent()
    {
        var compilation = Recipes.Compile(
            "  - repeat: 2\n    steps:\n      - ramp: { from: 0.1 mA/cm2, by: 0.1 mA/cm2, to: 0.3 mA/cm2 }\n        steps:\n          - plate: ramp\n            for: 1 h\n          - strip: ramp\n            for: 1 h");
        Assert.Equal(
            ["2: Curr=0.1 Time=3600000", "1: Curr=0.1 Time=3600000", "2: Curr=0.2 Time=3600000", "1: Curr=0.2 Time=3600000", "2: Curr=0.3 Time=3600000", "1: Curr=0.3 Time=3600000", "5: Start_Step=1 Cycle_Count=2", "6:"],
            Recipes.Steps(compilation).Elements().Select(Recipes.Words));
        Assert.Equal([2, 3, 2, 3, 2, 3], compilation.Schedule!.Steps.Select(step => step.Node));
    }

    [Fact]
    public void Compile_Ends_AreVoltageCapacityAndTime()
    {
        var compilation = Recipes.Compile("  - plate: 1.54 mA\n    until: 1.54 mAh\n  - strip: 1.54 mA\n    until: 1 V\n    for: 2 h\n  - plate: 1 mA\n    until: 0 V");
        Assert.Equal(
            ["2: Curr=1.54 Cap=5544", "1: Curr=1.54 Time=7200000 Stop_Volt=10000", "2: Curr=1 Stop_Volt=0", "6:"],
            Recipes.Steps(compilation).Elements().Select(Recipes.Words));
    }

    [Fact]
    public void Compile_HoldUntilCurrent_IsOneStepOfTheBox()
    {
        var compilation = Recipes.Compile("  - charge: 1 mA\n    until: 4.25 V\n    hold_until: 0.05 mA\n  - discharge: 1 mA\n    until: 2.5 V", kind: "full", settings: "limits:\n  voltage: { min: 2.4 V, max: 4.35 V }");
        Assert.Equal(["7: Curr=1 Volt=42500 Stop_Curr=0.05", "2: Curr=1 Stop_Volt=25000", "6:"], Recipes.Steps(compilation).Elements().Select(Recipes.Words));
    }

    [Fact]
    public void Compile_HoldUntilCurrentOrTime_IsTwoStepsOfTheBoxAndOneOfOurs()
    {
        var compilation = Recipes.Compile("  - charge: 1 mA\n    until: 4.25 V\n    hold_until: [0.05 mA, 1 h]", kind: "full", settings: "limits:\n  voltage: { min: 2.4 V, max: 4.35 V }");
        Assert.Equal(
            ["1: Curr=1 Stop_Volt=42500", "3: Curr=1 Volt=42500 Time=3600000 Stop_Curr=0.05", "6:"], Recipes.Steps(compilation).Elements().Select(Recipes.Words));
        Assert.Equal([0], compilation.Schedule!.Steps.Select(step => step.Node));
        Assert.Equal([false, true, false], ((BtsSchedule)compilation.Schedule).FileSteps.Select(step => step.GoesOn));
    }

    [Fact]
    public void Compile_HoldAfterDischarge_CanOnlyDischarge()
    {
        var compilation = Recipes.Compile("  - discharge: 1 mA\n    until: -0.5 V\n  - hold: -0.5 V\n    at_most: 1 mA\n    until: 0.1 mA");
        Assert.Equal("19: Curr=1 Volt=-5000 Stop_Curr=0.1", Recipes.Words(Recipes.Steps(compilation).Elements().ElementAt(1)));
        Assert.Contains(compilation.Schedule!.Remarks, remark => remark.Contains("can only discharge", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_Sweep_IsASlopeWithItsCeilingAsAProtection()
    {
        var compilation = Recipes.Compile(
            "  - repeat: 6\n    steps:\n      - sweep: { from: 0.1 V, to: -100 mV, rate: 0.2 mV/s }\n        at_most: 5 mA\n      - sweep: { from: -0.1 V, to: 0.1 V, rate: 1 V/s }\n        at_most: 8 mA/cm2");
        var steps = Recipes.Steps(compilation).Elements().ToList();
        Assert.Equal(["25", "25", "5", "6"], steps.Select(step => (string?)step.Attribute("Step_Type")));
        Assert.Equal(
            ["""<Limit><Slope SlopeType="1" Cycle_Count="1" ItemCount="1"><Slope1 StartValue="1000" EndValue="-1000" Value="0.2" /></Slope></Limit>""",
             """<Limit><Slope SlopeType="1" Cycle_Count="1" ItemCount="1"><Slope1 StartValue="-1000" EndValue="1000" Value="1000" /></Slope></Limit>"""],
            steps.Take(2).Select(step => step.Element("Limit")!.ToString(System.Xml.Linq.SaveOptions.DisableFormatting)));
        Assert.Equal(["5", "6"], steps.Take(2).Select(step => (string?)step.Descendants("Curr").Single().Element("Upper")!.Attribute("Value"))); // the ceiling, else the limit
        Assert.Equal(["Upper=12000 Lower=-12000 Delay_Time=1000", "Upper=12000 Lower=-12000 Delay_Time=1000"], steps.Take(2).Select(Recipes.Protection));
        Assert.Equal([1, 2], compilation.Schedule!.Steps.Select(step => step.Node));
        Assert.Contains(
            "steps[0].steps[0]: at_most does not hold the current of a sweep down in the box; beyond 5 mA for 1 s it switches off.", compilation.Schedule.Remarks);
    }

    [Fact]
    public void Compile_RemarkOfAStepInARamp_IsMadeOnce()
    {
        var compilation = Recipes.Compile(
            "  - ramp: { from: 0.1 mA/cm2, by: 0.1 mA/cm2, to: 0.5 mA/cm2 }\n    steps:\n      - strip: ramp\n        until: 0.5 V\n      - hold: 0.5 V\n        for: 1 min\n      - sweep: { from: 0.5 V, to: 0.1 V, rate: 1 mV/s }\n        at_most: 5 mA");
        Assert.Single(compilation.Schedule!.Remarks, remark => remark.Contains("can only charge", StringComparison.Ordinal));
        Assert.Single(compilation.Schedule.Remarks, remark => remark.Contains("at_most does not hold", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_SweepThatTheBoxCannotBegin_IsRefused()
    {
        var compilation = Recipes.Compile(
            "  - rest: 1 min\n  - sweep: { from: open_circuit, to: 0.1 V, rate: 1 mV/s }\n    at_most: 1 mA\n  - sweep: { from: 0.10001 V, to: 0.1 V, rate: 1 mV/s }\n    at_most: 1 mA");
        Assert.Null(compilation.Schedule);
        Assert.Equal([("steps[1]", "sweep.from"), ("steps[2]", "sweep.to")], compilation.Refusals.Select(refusal => (refusal.Path, refusal.Field)));
    }

    [Fact]
    public void Compile_Protection_HasFloorsWhereAHealthyCellIsFarFromThem()
    {
        var compilation = Recipes.Compile("  - rest: 1 min\n  - plate: 1 mA\n    for: 1 h\n  - strip: 1 mA\n    for: 1 h\n  - plate: 0.01 mA\n    for: 1 h");
        var steps = Recipes.Steps(compilation).Elements().ToList();
        Assert.Equal("Upper=12000 Lower=-12000 Delay_Time=1000", Recipes.Protection(Recipes.Config(compilation).Element("Whole_Prt")!));
        Assert.Equal("", Recipes.Protection(steps[0]));
        var floor = compilation.Schedule!.Steps[1].FloorVolts;
        Assert.InRange(floor!.Value, 0.5e-3, 3e-3);
        var written = FormattableString.Invariant($"{floor * 1e4:0}");
        Assert.Equal($"Upper=-{written} Lower=-12000 Delay_Time=3000", Recipes.Protection(steps[1]));
        Assert.Equal($"Upper=12000 Lower={written} Delay_Time=3000", Recipes.Protection(steps[2]));
        Assert.Null(compilation.Schedule.Steps[3].FloorVolts); // 0.5 mV of a healthy cell
        Assert.Equal("Lower=-12000 Delay_Time=1000", Recipes.Protection(steps[3]));
    }

    [Theory]
    [InlineData("area=1cm2", "symmetric", "abort")]
    [InlineData("area=1cm2,bulk_resistance=50ohm", "half", "abort")]
    [InlineData("area=1cm2,bulk_resistance=50ohm", "symmetric", "report")]
    public void Compile_CellOfWhichNothingIsCertain_HasNoFloor(string cell, string kind, string action)
    {
        var compilation = Recipes.Compile(Cycle, cell, kind, "limits:\n  voltage: { min: -1.2 V, max: 1.2 V }\nshort_circuit: " + action);
        Assert.All(compilation.Schedule!.Steps, step => Assert.Null(step.FloorVolts));
        Assert.Equal(action == "abort", compilation.Schedule.Remarks.Any(remark => remark.Contains("Rule 1 (hard short) is not in the box", StringComparison.Ordinal)));
    }

    [Fact]
    public void Compile_HalfCell_MayRestOutsideOfItsLimits()
    {
        var compilation = Recipes.Compile(Cycle, kind: "half");
        Assert.Equal("Upper=50000 Lower=-50000 Delay_Time=1000", Recipes.Protection(Recipes.Config(compilation).Element("Whole_Prt")!));
    }

    [Fact]
    public void Compile_Impossible_IsRefusedWholeWithStepFieldAndReason()
    {
        var compilation = Recipes.Compile(
            """
              - hold: 0.5 V
                at_most: 1 mA
                for: 1 h
              - repeat: { up_to: 5, else: pause }
                steps:
                  - strip: 1 mA
                    until: { at: 1 V, then: end_repeat }
              - plate: 1 mA
                until: [-0.5 V, 1 mAh]
                hold_until: 0.1 mA
              - strip: 1 mA
                until: { at: 1 V, then: end_run }
            """);
        Assert.Null(compilation.Schedule);
        Assert.Equal(
            [("steps[0]", "hold"), ("steps[1]", "else"), ("steps[1].steps[0]", "until"), ("steps[2]", "until"), ("steps[3]", "until")],
            compilation.Refusals.Select(refusal => (refusal.Path, refusal.Field)));
        Assert.Contains("leads to the next step", compilation.Refusals[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_MoreStepsThanTheBoxHolds_IsRefused()
    {
        var compilation = Recipes.Compile(
            "  - ramp: { from: 0.001 mA/cm2, by: 0.001 mA/cm2, to: 5 mA/cm2 }\n    steps:\n      - ramp: { from: 0.001 mA/cm2, by: 0.001 mA/cm2, to: 5 mA/cm2 }\n        steps:\n          - plate: ramp\n            for: 1 h");
        Assert.Contains("254", Assert.Single(compilation.Refusals).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_WhatOnlyWeDo_IsRemarked()
    {
        var compilation = Recipes.Compile(
            "  - strip: 1 mA\n    until: 1 V\n    within: 4 h",
            settings: "limits:\n  voltage: { min: -1.2 V, max: 1.2 V }\n  current: { deviation: 2 % }\nshort_circuit: { hard: abort, soft: abort, confirm: { rest: 30 s } }");
        Assert.Contains(compilation.Schedule!.Remarks, remark => remark.StartsWith("within ", StringComparison.Ordinal));
        Assert.Contains(compilation.Schedule.Remarks, remark => remark.Contains("deviation", StringComparison.Ordinal));
        Assert.Contains(compilation.Schedule.Remarks, remark => remark.Contains("confirm", StringComparison.Ordinal));
        Assert.Contains(compilation.Schedule.Remarks, remark => remark.Contains("adopted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ccd-step-increased", "area=0.785cm2", true)]
    [InlineData("ccd-fixed-capacity", "area=0.785cm2", true)]
    [InlineData("plating-stripping-1h", "area=0.785cm2", true)]
    [InlineData("cyclic-voltammetry", "area=0.785cm2", true)]
    [InlineData("ramp-then-hold", "area=0.785cm2", true)]
    [InlineData("cccv-cycling", "area=0.785cm2,nominal_capacity=2mAh", true)]
    [InlineData("coulombic-efficiency-activation-strip", "area=0.785cm2", false)]
    [InlineData("gitt", "area=0.785cm2,nominal_capacity=2mAh", false)]
    public void Compile_ShippedProtocol_IsSaidOrRefused(string protocol, string cell, bool can)
    {
        var path = Checkout.Protocol(protocol);
        var compilation = Recipes.OfFile(protocol, File.ReadAllText(path, Encoding.UTF8), cell);
        Assert.Equal(can, compilation.Refusals.Count == 0);
    }

    [Theory]
    [InlineData("half", "200 ms", "1 s", "limits.voltage.longer_than is 0.2 s in the protocol and 1 s in the box, in 2 of its steps")]
    [InlineData("half", "3 s", "1 s", "limits.current.longer_than is 1 s in the protocol and 3 s in the box, in 2 of its steps")]
    [InlineData("half", "1 s", "1 s")]
    [InlineData(
        "symmetric",
        "1 s",
        "1 s",
        "limits.voltage.longer_than is 1 s in the protocol and 3 s in the box, in 2 of its steps",
        "limits.current.longer_than is 1 s in the protocol and 3 s in the box, in 2 of its steps")] // for rule 1
    public void Compile_DelayThatIsNotTheProtocols_IsRemarked(string kind, string voltage, string current, params string[] remarks)
    {
        var limits = $"limits:\n  voltage: {{ min: -1.2 V, max: 1.2 V, longer_than: {voltage} }}\n  current: {{ max: 6 mA/cm2, longer_than: {current} }}\n";
        var compilation = Recipes.Compile(Cycle, kind: kind, settings: limits + "short_circuit: abort");
        Assert.Equal(remarks, compilation.Schedule!.Remarks.Where(remark => remark.StartsWith("limits.", StringComparison.Ordinal)).Select(remark => remark.Split(": ")[0]));
    }
}
