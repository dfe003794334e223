using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic.Techniques;

/// <summary>What becomes of a ramp that a channel does not hold whole.</summary>
public sealed class RampFoldingTests
{
    [Fact]
    public void Compile_RampThatFits_IsNotFolded()
    {
        var program = Programs.Shipped("ccd-step-increased", "area=1cm2,bulk_resistance=60ohm");

        Assert.Empty(Programs.Schedule(program, most: 101).Ramps);
        Assert.Single(Programs.Schedule(program, most: 100).Ramps);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(100)]
    public void Compile_RampThatDoesNotFit_IsUnrolledAsFarAsItGoesAndTheRestIsARing(int most)
    {
        var program = Programs.Shipped("ccd-step-increased", "area=1cm2,bulk_resistance=60ohm");
        var (whole, schedule) = (Programs.Schedule(program), Programs.Schedule(program, most: most));
        var window = Assert.Single(schedule.Ramps);

        Assert.InRange(schedule.Techniques.Length, 1, most);
        Assert.Equal(50, window.Before + window.Levels.Length);
        Assert.Equal(0, window.Levels.Length % window.Places);
        Assert.Equal(whole.Steps, schedule.Steps);

        // The loop goes round as often as there are levels for it, back to the first place.
        var loop = schedule.Techniques[window.First + (window.Size * window.Places)];
        Assert.Equal(TechniqueKind.Loop, loop.Kind);
        Assert.Equal([(window.Levels.Length / window.Places) - 1, window.First], loop.Parameters.Select(p => (int)p.Value));

        // Whatever comes into a place has the steps and the values of the unrolled ramp.
        var unrolled = whole.Techniques.Skip(1 + (2 * window.Before)).ToList();
        foreach (var (ours, theirs) in window.Levels.SelectMany(level => level).Zip(unrolled))
        {
            Assert.Equal((theirs.Step, theirs.Seconds), (ours.Step, ours.Seconds));
            Assert.Subset(ours.Parameters.ToHashSet(), theirs.Parameters.ToHashSet());
        }
    }

    [Fact]
    public void Compile_RampThatDoesNotFit_HasTheSameParametersInEachLevelAndOneClosedPlace()
    {
        // At small currents rule 1 is not armed: such levels have one step, the others two.
        var schedule = Programs.Schedule(Programs.Small("""
              - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.8 mA/cm2 }
                steps:
                  - plate: ramp
                    for: 1 h
            """), most: 12);
        var window = Assert.Single(schedule.Ramps);
        var labels = window.Levels.Select(level => level[0].Parameters.Select(p => (p.Label, p.Index)).ToHashSet()).ToList();

        Assert.Contains(schedule.Steps, step => step.FloorVolts is null);
        Assert.Contains(schedule.Steps, step => step.FloorVolts is not null);
        Assert.All(labels, set => Assert.True(set.SetEquals(labels[0])));
        var closed = Assert.Single(schedule.Techniques, technique => technique.Parameters.Contains(EccParameter.Single("Current_step", 0, 0)));
        Assert.Equal(schedule.Techniques[window.First + window.Places - 1], closed);
        Assert.Contains(EccParameter.Integer("Exit_Cond", (int)ExitCondition.Stop, 0), closed.Parameters);
        Assert.Contains(EccParameter.Single("Test1_Value", -1000, 0), closed.Parameters);
    }

    [Fact]
    public void Compile_LoopsInsideAndBehind_GoBackToWhereTheirStepsStand()
    {
        var program = Programs.Small("""
              - ramp: { from: 0.1 mA/cm2, by: 0.1 mA/cm2, to: 3 mA/cm2 }
                steps:
                  - rest: 1 min
                  - repeat: 3
                    steps:
                      - plate: ramp
                        for: 1 h
                      - strip: ramp
                        for: 1 h
              - repeat: 4
                steps:
                  - rest: 1 min
                  - plate: 0.1 mA
                    for: 1 h
            """, limits: "{ min: -5 V, max: 5 V }");
        var schedule = Programs.Schedule(program, most: 30);
        var window = Assert.Single(schedule.Ramps);

        Assert.Equal(1, window.Gate);
        foreach (var (level, i) in window.Levels.Select((level, i) => (level, i)))
        {
            Assert.Equal(window.IndexOf(i) + 1, Back(level[3]));
        }

        var last = schedule.Techniques[^1];
        Assert.Equal(TechniqueKind.Ocv, schedule.Techniques[Back(last)].Kind);
        Assert.Equal(schedule.Techniques.Length - 3, Back(last));

        static int Back(Technique loop) => (int)Assert.Single(loop.Parameters, p => p.Label == TechniqueParameters.LoopTo).Value;
    }

    [Fact]
    public void Compile_TwoRamps_AreBothFoldedWhereTheyMustBe()
    {
        const string Two = """
              - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.8 mA/cm2 }
                steps:
                  - plate: ramp
                    for: 1 h
                  - strip: ramp
                    for: 1 h
              - rest: 1 h
              - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.6 mA/cm2 }
                steps:
                  - plate: ramp
                    for: 1 h
                  - strip: ramp
                    for: 1 h
            """;
        var schedule = Programs.Schedule(Programs.Small(Two), most: 30);

        Assert.InRange(schedule.Techniques.Length, 1, 30);
        Assert.Equal([40, 30], schedule.Ramps.Select(window => window.Before + window.Levels.Length));
        Assert.All(schedule.Ramps, window => Assert.Equal(
            window.First, (int)schedule.Techniques[window.First + (window.Size * window.Places)].Parameters[1].Value));
        Assert.All(schedule.Ramps, window => Assert.Equal(
            window.Levels.Take(window.Places - 1).SelectMany(level => level).Select(t => t.Step),
            schedule.Techniques.Skip(window.First).Take((window.Places - 1) * window.Size).Select(t => t.Step)));
        Assert.Single(Programs.Schedule(Programs.Small(Two), most: 100).Ramps);
    }

    [Fact]
    public void Compile_RampThatDoesNotFit_IsToldWithTheTimeForWhichItRunsAlone()
    {
        var schedule = Programs.Schedule(Programs.Shipped("ccd-step-increased", "area=1cm2,bulk_resistance=60ohm"), most: 20);

        var remark = Assert.Single(schedule.Remarks, remark => remark.Contains("writes the next ones", StringComparison.Ordinal));
        Assert.Contains($"holds {schedule.Ramps[0].Places - 1} of the 50 levels", remark, StringComparison.Ordinal);
        Assert.Contains($"longer than {schedule.Ramps[0].Ahead} levels ({schedule.Ramps[0].Ahead * 2} h", remark, StringComparison.Ordinal);
        Assert.Contains("while it runs, level 50 of the ramp:\n", schedule.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "  - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.8 mA/cm2 }\n    steps:\n      - plate: ramp\n        for: 1 h\n      - strip: ramp\n        for: 1 h", "steps[0].ramp: its 40 levels of 2 techniques do not fit a channel that holds 8")]
    [InlineData(12, "  - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.8 mA/cm2 }\n    steps:\n      - plate: ramp\n        for: 5 s\n      - strip: ramp\n        for: 5 s", "steps[0].ramp: a channel that holds 12 techniques")]
    [InlineData(12, "  - repeat: 2\n    steps:\n      - ramp: { from: 0.02 mA/cm2, by: 0.02 mA/cm2, to: 0.8 mA/cm2 }\n        steps:\n          - plate: ramp\n            for: 1 h", "steps.steps: the protocol needs 41 techniques, and a channel holds 12")]
    public void Compile_NoWayToMakeItFit_IsRefusedWithTheReason(int most, string steps, string expected)
    {
        var refusal = Assert.Single(Programs.Techniques(Programs.Small(string.Join('\n', steps.Split('\n').Select(line => "  " + line))), most: most).Refusals);

        Assert.StartsWith(expected, refusal.ToString(), StringComparison.Ordinal);
    }
}
