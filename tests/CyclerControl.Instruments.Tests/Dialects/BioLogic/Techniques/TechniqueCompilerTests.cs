using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic.Techniques;

public sealed class TechniqueCompilerTests
{
    [Fact]
    public void Compile_CriticalCurrentRamp_IsOnePairALevelEachBoundedInTime()
    {
        var schedule = Programs.Schedule(Programs.Shipped("ccd-step-increased", "area=1cm2,bulk_resistance=60ohm"));

        Assert.Equal(1 + (2 * 50), schedule.Techniques.Length);
        Assert.Equal(schedule.Techniques.Length, schedule.Steps.Count);
        Assert.All(schedule.Techniques.Skip(1), t => Assert.Equal((TechniqueKind.CpLimit, 3600.0), (t.Kind, t.Seconds)));
        Assert.Equal(-0.1e-3, Value(schedule.Techniques[1], "Current_step"), 12);
        Assert.Equal(5e-3, Value(schedule.Techniques[^1], "Current_step"), 12);
        Assert.Equal(8, Value(schedule.Techniques[^1], "I_Range"));
        Assert.All(schedule.Techniques, t => Assert.Equal(0, Value(t, "E_Range")));
    }

    [Fact]
    public void Compile_RuleOneArmed_IsATestAfterALeadInOfThreeSecondsWithTheLimitInBoth()
    {
        var schedule = Programs.Schedule(Programs.Small("""
              - plate: 0.5 mA
                for: 1 h
            """));
        var plate = Assert.Single(schedule.Techniques);

        // The larger of V_floor (0.5 mV + 1 mV + 4 x noise) and 0.2 x 60 ohm x 0.5 mA.
        Assert.Equal(6e-3, Assert.Single(schedule.Steps).FloorVolts!.Value, 9);
        Assert.Equal((3, 3597), (Value(plate, "Duration_step"), Value(plate, "Duration_step", 1)));
        Assert.Equal((1, -1.0, 0), (Value(plate, "Test1_Config"), Value(plate, "Test1_Value"), Value(plate, "Test2_Config")));
        Assert.Equal((1, -1.0), (Value(plate, "Test1_Config", 1), Value(plate, "Test1_Value", 1)));
        Assert.Equal((5, -6e-3), (Value(plate, "Test2_Config", 1), Value(plate, "Test2_Value", 1)));
        Assert.Equal((2, 2), (Value(plate, "Exit_Cond"), Value(plate, "Exit_Cond", 1)));
    }

    [Fact]
    public void Compile_Stripping_TestsAbovePlusTheLimitAndBelowPlusTheFloor()
    {
        var strip = Assert.Single(Programs.Schedule(Programs.Small("""
              - strip: 0.5 mA
                for: 1 h
            """)).Techniques);

        Assert.Equal((5, 1.0), (Value(strip, "Test1_Config", 1), Value(strip, "Test1_Value", 1)));
        Assert.Equal((1, 6e-3), (Value(strip, "Test2_Config", 1), Value(strip, "Test2_Value", 1)));
    }

    [Theory]
    [InlineData("symmetric", "", "resistance is not known")]
    [InlineData("half", "bulk_resistance=60ohm", "not used on half and full cells")]
    public void Compile_RuleOneNotArmed_SaysWhy(string kind, string cell, string reason)
    {
        var schedule = Programs.Schedule(Programs.Small("""
              - plate: 0.5 mA
                for: 1 h
            """, cell, kind));

        Assert.All(schedule.Steps, step => Assert.Null(step.FloorVolts));
        Assert.Contains(schedule.Remarks, remark => remark.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_SmallCurrent_HasNoFloor()
    {
        var schedule = Programs.Schedule(Programs.Small("""
              - plate: 10 uA
                for: 1 h
            """));

        Assert.Null(Assert.Single(schedule.Steps).FloorVolts);
        Assert.Equal(5, Value(schedule.Techniques[0], "I_Range"));
    }

    [Fact]
    public void Compile_ConstantVoltageBehindConstantCurrent_IsOneStepOfTwoTechniques()
    {
        var schedule = Programs.Schedule(Programs.Shipped("cccv-cycling", "area=1cm2,nominal_capacity=2mAh"));

        Assert.Equal(
            [TechniqueKind.Ocv, TechniqueKind.CpLimit, TechniqueKind.CaLimit, TechniqueKind.Ocv, TechniqueKind.CpLimit, TechniqueKind.Ocv, TechniqueKind.Loop],
            schedule.Techniques.Take(7).Select(t => t.Kind));
        Assert.Equal(new int?[] { 0, 1, 1, 2, 3, 4, null }, schedule.Techniques.Take(7).Select(t => t.Step));
        Assert.Equal((1, 1), (Value(schedule.Techniques[6], "loop_N_times"), Value(schedule.Techniques[6], "protocol_number")));
        Assert.Equal((299, 7), (Value(schedule.Techniques[^1], "loop_N_times"), Value(schedule.Techniques[^1], "protocol_number")));
        Assert.Equal((97, 40e-6), (Value(schedule.Techniques[2], "Test1_Config", 1), Value(schedule.Techniques[2], "Test1_Value", 1)));
        Assert.All(schedule.Techniques.Where(t => t.Kind != TechniqueKind.Loop), t => Assert.InRange(t.Seconds, 1, 1e6));
    }

    [Fact]
    public void Compile_HoldBehindTheStepThatReachedItsVoltage_IsATechniqueOfItsOwn()
    {
        var schedule = Programs.Schedule(Programs.Small("""
              - charge: 0.5 mA
                until: 4.2 V
                within: 20 h
              - hold: 4.2 V
                for: 1 h
            """, "nominal_capacity=2mAh", "full", "{ min: 2.5 V, max: 4.3 V }"));

        Assert.Equal([TechniqueKind.CpLimit, TechniqueKind.Ca], schedule.Techniques.Select(t => t.Kind));
        Assert.Equal(4.2, Value(schedule.Techniques[1], "Voltage_step"));
        Assert.Equal(3600, Value(schedule.Techniques[1], "Duration_step"));
    }

    [Theory]
    [InlineData("2 h", "Limits of the current are watched by this program only, except current.max while a voltage is held that no current ends")]
    [InlineData("[0.1 mA, 2 h]", "Limits of the current are watched by this program only, except current.max in the first second of a voltage that is held until a current is reached")]
    [InlineData(null, "Limits of the current are watched by this program only.")]
    public void Compile_LimitOfTheCurrent_IsSaidToBeWhereItIs(string? hold, string remark)
    {
        var schedule = Programs.Schedule(Programs.Small(
            "  - charge: 0.5 mA\n    until: 4.2 V\n    within: 20 h\n" + (hold is null ? "" : $"    hold_until: {hold}\n"),
            "nominal_capacity=2mAh",
            "full",
            "{ min: 2.5 V, max: 4.3 V }, current: { max: 0.9 mA }"));

        var ceiling = new LimitTest(LimitVariable.Current, IsAbove: true, 0.9e-3, LimitMeaning.Limit);
        Assert.Equal(hold == "2 h", schedule.Techniques[^1].Tests.Contains(ceiling));
        Assert.StartsWith(remark, Assert.Single(schedule.Remarks, words => words.Contains("current.max", StringComparison.Ordinal) || words.Contains("Limits of the current", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(schedule.Remarks, words => words.StartsWith("Voltage limits", StringComparison.Ordinal)); // they are where the goal is not
    }

    [Theory]
    [InlineData("  - charge: 0.5 mA\n    until: 4.2 V\n    within: 20 h\n  - hold: 4.1 V\n    at_most: 0.5 mA\n    for: 1 h")]
    [InlineData("  - charge: 0.5 mA\n    until: 4.2 V\n    within: 20 h\n  - hold: 4.2 V\n    at_most: 0.1 mA\n    for: 1 h")]
    [InlineData("  - charge: 0.5 mA\n    until: 4.2 V\n    within: 20 h\n  - rest: 1 h\n  - hold: 4.2 V\n    at_most: 0.5 mA\n    for: 1 h")]
    public void Compile_HoldWhoseCurrentSomethingWouldHaveToKeepDown_IsRefused(string steps)
    {
        var refusals = Programs.Techniques(Programs.Small(steps + "\n", "nominal_capacity=2mAh", "full", "{ min: 2.5 V, max: 4.3 V }")).Refusals;

        Assert.Contains("cannot keep the current of a hold down", Assert.Single(refusals).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Within_IsAGuardThatOnlyTimeReaches()
    {
        var strip = Programs.Schedule(Programs.Small("""
              - strip: 0.5 mA
                until: 0.9 V
                within: 2 h
            """)).Techniques[0];

        Assert.Equal(1, Assert.Single(strip.Guards));
        Assert.Equal((7200, 1), (Value(strip, "Duration_step"), Value(strip, "Exit_Cond")));
        Assert.Equal((5, -1000.0, 2), (Value(strip, "Test1_Config", 1), Value(strip, "Test1_Value", 1), Value(strip, "Exit_Cond", 1)));
        Assert.Equal(TimeEnd.NotInTime, strip.AtTimeEnd);
    }

    [Fact]
    public void Compile_ChargeGoal_IsATime()
    {
        var plate = Programs.Schedule(Programs.Small("""
              - plate: 0.5 mA
                until: 0.25 mAh
            """)).Techniques[0];

        Assert.Equal(1800, plate.Seconds, 6);
    }

    [Fact]
    public void Compile_EverythingThatIsNotPossible_IsToldAtOnce()
    {
        var refusals = Programs.Techniques(Programs.Small("""
              - repeat: { up_to: 3, else: pause }
                steps:
                  - strip: 0.5 mA
                    until: { at: 0.9 V, then: end_repeat }
                  - plate: 0.5 mA
                    for: 1 h
              - strip: 0.5 mA
                until: 0.9 V
              - hold: 0.5 V
                at_most: 1 mA
                for: 1 h
              - sweep: { from: 0 V, to: 0.5 V, rate: 1 mV/s }
                at_most: 1 mA
            """)).Refusals.Select(r => r.ToString()).ToList();

        Assert.Contains(refusals, r => r.StartsWith("steps[0].repeat: the instrument cannot pause", StringComparison.Ordinal));
        Assert.Contains(refusals, r => r.StartsWith("steps[0].steps[0].until: then: end_repeat is not possible", StringComparison.Ordinal));
        Assert.Contains(refusals, r => r.StartsWith("steps[1].until: nothing bounds the step in time", StringComparison.Ordinal));
        Assert.Contains(refusals, r => r.StartsWith("steps[2].at_most: the instrument cannot keep", StringComparison.Ordinal));
        Assert.Contains(refusals, r => r.StartsWith("steps[3].sweep: no technique that sweeps the voltage", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plating-stripping-1h", "area=1cm2", true)]
    [InlineData("ramp-then-hold", "area=1cm2", true)]
    [InlineData("cccv-cycling", "area=1cm2,nominal_capacity=2mAh", true)]
    [InlineData("cyclic-voltammetry", "area=1cm2", false)]
    [InlineData("gitt", "area=1cm2,nominal_capacity=2mAh", false)]
    [InlineData("coulombic-efficiency-activation-strip", "area=1cm2", false)]
    public void Compile_ShippedProtocol_RunsOrIsRefusedWithReasons(string name, string cell, bool runs)
    {
        var compilation = Programs.Techniques(Programs.Shipped(name, cell));

        Assert.Equal(runs, compilation.Schedule is not null);
        Assert.Equal(runs, compilation.Refusals.Count == 0);
    }

    [Theory]
    [InlineData("10 uA", 1e-5, 5)]
    [InlineData("100 pA", 1e-10, 0)]
    [InlineData("1 A", 1.0, 10)]
    [InlineData("10 pA", 1e-11, 13)]
    [InlineData("1 pA", 1e-12, 14)]
    [InlineData("booster 4 A", 4.0, 11)]
    [InlineData("2 mA", 2e-3, null)]
    [InlineData("10 A", 10.0, null)]
    public void CurrentCode_OfARange_IsTheVendors(string name, double amperes, int? code) => Assert.Equal(code, EcLabRanges.CurrentCode(name, amperes));

    [Theory]
    [InlineData("cp", EcLabFamily.Vmp3, 0u, "cp.ecc")]
    [InlineData("cplimit", EcLabFamily.Sp300, 2u, "cplimit4.ecc")]
    [InlineData("cplimit", EcLabFamily.Sp300, 3u, "cplimit5.ecc")]
    public void TechniqueFile_OfAFamilyAndBoard_HasItsNumber(string technique, EcLabFamily family, uint board, string file) =>
        Assert.Equal(file, EcLabFamilies.TechniqueFile(technique, family, board));

    private static double Value(Technique technique, string label, int index = 0) =>
        Assert.Single(technique.Parameters, parameter => parameter.Label == label && parameter.Index == index).Value;
}
