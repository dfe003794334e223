using CyclerControl.Simulation.Land;

namespace CyclerControl.Simulation.Tests.Land;

public sealed class LandRecipeTests
{
    [Fact]
    public void Parse_AllThereIs_IsInAmperesSecondsAndVolts()
    {
        var recipe = LandRecipe.Parse("rest 10 min; dchg 0.5 mA 1 h; chg 500 uA 1 h to 1.0 V;chg 2 mA to -20 mV; loop 2 500", out var problem);
        Assert.Equal("", problem);
        Assert.Equal(
            [
                new(LandStepKind.Rest, 0, 600, null),
                new(LandStepKind.Discharge, 0.0005, 3600, null),
                new(LandStepKind.Charge, 0.0005, 3600, 1),
                new(LandStepKind.Charge, 0.002, null, -0.02),
                new(LandStepKind.Loop, 0, null, null, 2, 500),
            ],
            recipe!.Steps.AsEnumerable());
    }

    [Theory]
    [InlineData("", "0 steps; 1 to 32 are allowed")]
    [InlineData("pause 1 h", "step 1, 'pause 1 h', is unknown; there are rest, chg, dchg and loop")]
    [InlineData("rest", "step 1, 'rest', has '', which is empty; write 1 s")]
    [InlineData("rest 0 s", "step 1, 'rest 0 s', has a time that is not above 0")]
    [InlineData("chg 0.5 mA", "step 1, 'chg 0.5 mA', needs a current and an end; write chg 0.5 mA 1 h, chg 0.5 mA to 4.2 V or chg 0.5 mA 1 h to 4.2 V")]
    [InlineData("chg 11 mA 1 h", "step 1, 'chg 11 mA 1 h', has a current that is not above 0 and up to 10 mA")]
    [InlineData("chg -1 mA 1 h", "step 1, 'chg -1 mA 1 h', has a current that is not above 0 and up to 10 mA")]
    [InlineData("dchg 1 mA to 6 V", "step 1, 'dchg 1 mA to 6 V', has a voltage beyond 5 V")]
    [InlineData("rest 1 h; loop 2 5", "step 2, 'loop 2 5', goes back to a step from 1 to 1 for 1 to 1000000 passes in all; write loop 1 500")]
    [InlineData("rest 1 mA; chg 1 h 1 h", "step 1, 'rest 1 mA', has '1 mA', which ")]
    [InlineData("rest 1 mA; chg 1 h 1 h", "; step 2, 'chg 1 h 1 h', has '1 h', which ")]
    public void Parse_Wrong_SaysWhichStepAndWhat(string text, string expected)
    {
        Assert.Null(LandRecipe.Parse(text, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
