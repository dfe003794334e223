using CyclerControl.Instruments.Dialects.BioLogic.Library;

namespace CyclerControl.Instruments.Tests.Dialects.BioLogic.Library;

public sealed class EcErrorTests
{
    [Theory]
    [InlineData(-1, "not connected", true)]
    [InlineData(-9, "EC-Lab", false)]
    [InlineData(-13, "runs", false)]
    [InlineData(-15, "could not be updated", false)]
    [InlineData(-201, "no connection", true)]
    [InlineData(-308, "not loaded", false)]
    [InlineData(-401, "does not fit the firmware", false)]
    [InlineData(-405, "memory is full", false)]
    [InlineData(-7777, "not in our list", true)]
    public void Of_Code_HasNameCureAndWhetherTheLinkIsBroken(int code, string name, bool breaks)
    {
        var error = EcError.Of(code);

        Assert.Contains(name, error.Name, StringComparison.Ordinal);
        Assert.NotEmpty(error.Cure);
        Assert.Equal(breaks, error.BreaksLink);
    }

    [Fact]
    public void Known_Codes_AreNegativeAndHaveACure() => Assert.All(EcError.Known, code =>
    {
        Assert.True(code < 0);
        Assert.NotEmpty(EcError.Of(code).Cure);
    });
}
