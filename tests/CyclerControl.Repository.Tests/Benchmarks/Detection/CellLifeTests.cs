using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Repository.Tests.Benchmarks.Detection;

/// <summary>The corpus: the same seed gives the same cell, readings are in order, and what is planted is what is there.</summary>
public sealed class CellLifeTests
{
    private const double LifeSeconds = 40_000;

    public static TheoryData<string> Samplings() => [.. SamplingScheme.All.Select(sampling => sampling.Name)];

    [Theory]
    [MemberData(nameof(Samplings))]
    public void HealthyLife_SameSeed_IsTheSameAndInOrder(string sampling)
    {
        var scheme = SamplingScheme.All.Single(one => one.Name == sampling);
        var seconds = Math.Min(LifeSeconds, 20_000 * scheme.PeriodSeconds);

        var first = Read(Streams.Healthy(7, scheme, 3, seconds));

        Assert.NotEmpty(first);
        Assert.Equal(first, Read(Streams.Healthy(7, scheme, 3, seconds)));
        Assert.NotEqual(first, Read(Streams.Healthy(8, scheme, 3, seconds)));
        Assert.All(first.Zip(first.Skip(1)), pair => Assert.True(pair.Second.TimeNanoseconds > pair.First.TimeNanoseconds));
        Assert.All(first, sample => Assert.True(double.IsFinite(sample.Volts) && Math.Abs(sample.Volts) < 10));
    }

    [Fact]
    public void HealthyLives_Many_HaveAllKindsOfCellAndLevelsFromMillivoltsToVolts()
    {
        var cells = Enumerable.Range(0, 300).Select(index => Streams.Healthy(7, SamplingScheme.OneHertz, index, 1).Cell).ToArray();

        Assert.All(Enum.GetValues<CellKind>(), kind => Assert.Contains(cells, cell => cell.Kind == kind));
        Assert.True(cells.Min(cell => cell.LevelVolts) < 2e-3);
        Assert.True(cells.Max(cell => cell.LevelVolts) > 3);
        Assert.Contains(cells, cell => cell.Ramp);
    }

    [Fact]
    public void HealthyLife_Long_MeetsEveryNuisance()
    {
        var nuisances = new NuisanceSchedule(new SeededRandom(1), 2000 * 3600, SamplingScheme.OneHertz);

        var kinds = nuisances.Slow.Concat(nuisances.Points).Select(nuisance => nuisance.Kind).ToHashSet();
        Assert.Equal(Enum.GetValues<NuisanceKind>().ToHashSet(), kinds);
        Assert.Equal(nuisances.Points.OrderBy(nuisance => nuisance.Seconds), nuisances.Points);
        Assert.InRange(nuisances.Points.Count(nuisance => nuisance.Kind == NuisanceKind.Knock), 130, 270);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Drop_AtItsOnset_TakesTheFractionThatWasPlanted(double fraction)
    {
        var group = FaultGroup.All.Single(one => one.Kind == FaultKind.Drop && one.Fraction == fraction && one.Sampling == SamplingScheme.OneHertz);
        for (var index = 0; index < 30; index++)
        {
            var life = Streams.Faulty(7, group, index);
            var samples = Read(life);
            var first = samples.First(sample => sample.TimeSeconds >= life.Fault!.OnsetSeconds);
            var expected = Math.Abs(life.HealthyVoltsAtOnset!.Value) * (1 - fraction);

            var tolerance = (8 * life.Cell.SigmaVolts(expected)) + (2 * life.Cell.StatedOffsetVolts) + 1e-4;
            Assert.InRange(Math.Abs(first.Volts), expected - tolerance, expected + tolerance);
        }
    }

    [Fact]
    public void HardShort_AtItsOnset_LeavesLessThanAFifth()
    {
        var group = FaultGroup.All.First(one => one.Kind == FaultKind.HardShort);
        for (var index = 0; index < 60; index++)
        {
            var life = Streams.Faulty(7, group, index);
            var after = Read(life).Where(sample => sample.TimeSeconds >= life.Fault!.OnsetSeconds && Math.Abs(sample.Amperes) > 0.5 * life.Cell.Amperes).Take(2).ToArray();
            var limit = (0.2 * Math.Abs(life.HealthyVoltsAtOnset!.Value)) + life.Cell.StatedOffsetVolts + (8 * life.Cell.NoiseVolts) + 2e-4;
            Assert.All(after, sample => Assert.True(Math.Abs(sample.Volts) < limit, $"case {index}: {sample.Volts} V"));
        }
    }

    [Theory]
    [InlineData(nameof(FaultKind.ContactLoss))]
    [InlineData(nameof(FaultKind.Polarisation))]
    public void ContactLoss_AfterItsOnset_NeverLowersTheVoltageByAFifth(string kind)
    {
        var group = FaultGroup.All.First(one => one.Kind == Enum.Parse<FaultKind>(kind));
        for (var index = 0; index < 30; index += 3)
        {
            var life = Streams.Faulty(7, group, index);
            var after = Read(life).Where(sample => sample.TimeSeconds >= life.Fault!.OnsetSeconds && Math.Abs(sample.Amperes) > 0.5 * life.Cell.Amperes).Take(200).ToArray();
            var healthy = Math.Abs(life.HealthyVoltsAtOnset!.Value) - life.Cell.StatedOffsetVolts - (8 * life.Cell.SigmaVolts(life.HealthyVoltsAtOnset.Value));
            Assert.Equal(CellKind.Symmetric, life.Cell.Kind);
            Assert.DoesNotContain(after.Skip(2), sample => Math.Abs(sample.Volts) < 0.75 * healthy);
        }
    }

    [Fact]
    public void EventBased_Record_KeepsWhatMovedAndOneEveryTwoMinutes()
    {
        var samples = Read(Streams.Healthy(7, SamplingScheme.EventBased, 0, 100_000));

        Assert.InRange(samples.Length, 100_000 / 121, 90_000);

        // Between two segments lies a pause now and then.
        Assert.InRange(samples.Zip(samples.Skip(1)).Count(pair => pair.Second.TimeSeconds - pair.First.TimeSeconds > 121), 0, 5);
    }

    [Fact]
    public void Groups_All_HaveNamesAndStreamsOfTheirOwn()
    {
        Assert.Equal(FaultGroup.All.Length, FaultGroup.All.Select(group => group.Name).Distinct().Count());
        Assert.Equal(FaultGroup.All.Length, FaultGroup.All.Select(group => group.Stream).Distinct().Count());
    }

    private static Sample[] Read(CellLife life)
    {
        var samples = new List<Sample>();
        while (life.NextBlock() && life.Planned.HalfCycle <= (life.Fault?.Leg ?? int.MaxValue))
            samples.AddRange(life.Samples);
        return [.. samples];
    }
}
