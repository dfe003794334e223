using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Tests.Shorts;

public sealed class CriticalCurrentTests
{
    private const double Step = 0.1 + 1e-9;
    private static readonly long[] s_seeds = [.. Enumerable.Range(1, 200).Select(n => (long)n)];

    [Theory]
    [InlineData("li-lpsc-li", 1.0)]
    [InlineData("lacss", 2.5)]
    [InlineData("tbaf-lpsc", 1.4)]
    [InlineData("tfaa-lpsc", 2.3)]
    [InlineData("dpf-lpsc", 3.4)]
    public void NamedCell_RampOfOneHourHalfCycles_MedianWithinOneStepOfPlanted(string name, double planted)
    {
        var found = s_seeds.Select(seed => CriticalCurrent.OneHour(name, seed)).ToArray();
        Assert.InRange(CriticalCurrent.Median(found), planted - Step, planted + Step);
        Assert.True(CriticalCurrent.Quantile(found, 0.9) > CriticalCurrent.Quantile(found, 0.1));
    }

    [Theory]
    [InlineData("air-llzto", 0.1)]
    [InlineData("tfoh-llzto", 2.4)]
    public void Garnet_RampOfFixedCapacity_MedianWithinOneStepOfPlanted(string name, double planted)
    {
        var found = s_seeds.Select(seed => CriticalCurrent.FixedCapacity(name, seed, 0.2)).ToArray();
        Assert.InRange(CriticalCurrent.Median(found), planted - Step, planted + Step);
        Assert.True(CriticalCurrent.Quantile(found, 0.9) > CriticalCurrent.Quantile(found, 0.1));
    }

    [Fact]
    public void BareCell_PlatedOneWay_ShortsAtThePlantedCapacity()
    {
        var found = s_seeds.Select(seed => CriticalCurrent.OneWay("li-lpsc-li", seed, 0.45, 100)).ToArray();
        Assert.InRange(CriticalCurrent.Median(found), 12.3 * 0.9, 12.3 * 1.1);
    }

    [Fact]
    public void DpfCell_PlatedOneWay_PassesThirtySix()
    {
        var found = s_seeds.Select(seed => CriticalCurrent.OneWay("dpf-lpsc", seed, 0.45, 100)).ToArray();
        Assert.True(CriticalCurrent.Median(found) > 36);
    }

    [Fact]
    public void BareCell_SmallFixedCapacity_HasAHigherCriticalCurrentThanOneHour()
    {
        foreach (var seed in s_seeds)
        {
            Assert.True(CriticalCurrent.FixedCapacity("li-lpsc-li", seed, 0.2) > CriticalCurrent.OneHour("li-lpsc-li", seed));
        }
    }

    [Fact]
    public void BareCell_SeedOne_ShortsHardNearTheMedian()
    {
        Assert.Equal(1.0, CriticalCurrent.OneHour("li-lpsc-li", 1), 1e-9);
        Assert.Equal(ShortKind.Hard, Kind(1));
    }

    [Fact]
    public void Kinds_OverManySeeds_FollowTheStatedProbabilities()
    {
        var kinds = Enumerable.Range(1, 1000).Select(seed => Kind(seed)).ToArray();
        Assert.InRange(kinds.Count(kind => kind == ShortKind.Hard), 750, 850);
        Assert.InRange(kinds.Count(kind => kind == ShortKind.Soft), 70, 130);
    }

    [Fact]
    public void NamedCells_WithShortsSwitchedOff_StayHealthy()
    {
        foreach (var name in NamedCells.Names)
        {
            var cell = NamedCells.Make(name, 1, shorts: false);
            cell.Advance(3600 * 100, -1e-3);
            cell.Advance(3600 * 100, 1e-3);
            Assert.Equal(0, cell.Truth.ShortCount);
        }
    }

    private static ShortKind Kind(long seed)
    {
        var cell = NamedCells.Make("li-lpsc-li", seed);
        while (cell.Truth.ShortCount == 0)
        {
            cell.Advance(36, -0.785e-3);
        }

        return cell.Truth.FirstShort!.Value.Kind;
    }
}
