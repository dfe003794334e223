using CyclerControl.Core.Detection.Models;

namespace CyclerControl.Core.Tests.Detection.Models;

public sealed class HalfAgeLevelTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(30)]
    public void HalfAgeLevel_AnyAge_IsTheLevelOfAboutHalfOfIt(double period)
    {
        var level = new HalfAgeLevel();
        level.Reset(10);
        Assert.Equal(double.PositiveInfinity, level.Volts);

        for (var age = period; age < 36_000; age += period)
        {
            level.Follow(age, age);
            if (age > 600)
            {
                Assert.InRange(level.Volts / age, 0.35, 0.6);
            }
        }
    }
}
