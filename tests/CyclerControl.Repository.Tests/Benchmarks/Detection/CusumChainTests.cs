using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Benchmarks.Detection.Theory;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Repository.Tests.Benchmarks.Detection;

public sealed class CusumChainTests
{
    [Theory]
    [InlineData(0.5, 4, 335, 8.38)]
    [InlineData(0.5, 5, 931, 10.38)]
    [InlineData(1, 5, 1.07e5, 5.75)]
    [InlineData(1, 8, 4.33e7, 8.75)]
    [InlineData(2, 5, 4.3e9, 3.11)]
    public void RunLength_KnownTable_IsMet(double k, double h, double healthy, double shifted)
    {
        Assert.Equal(1, CusumChain.RunLength(k, h, 0) / healthy, 0.015);
        Assert.Equal(1, CusumChain.RunLength(k, h, 2 * k) / shifted, 0.002);
    }

    [Theory]
    [InlineData(0.5, 338, 8.34)]
    [InlineData(1, 4.58e7, 8.67)]
    public void Siegmund_KnownTable_IsMet(double k, double healthy, double shifted)
    {
        var h = k < 1 ? 4 : 8;

        Assert.Equal(1, CusumChain.Siegmund(k, h, 0) / healthy, 0.005);
        Assert.Equal(1, CusumChain.Siegmund(k, h, 2 * k) / shifted, 0.002);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void Threshold_OfARunLength_HasIt(double k) =>
        Assert.Equal(1e6, CusumChain.RunLength(k, CusumChain.Threshold(k, 1e6), 0), 10.0);

    [Fact]
    public void RunLength_SimulatedBankWithThreeCusumsOutOfTheWay_IsThatOfTheFourth()
    {
        const int Trials = 4000;
        var bank = new CusumBank(new CusumBankSettings { Threshold1 = 1e9, Threshold2 = 4, Threshold3 = 1e9, Threshold4 = 1e9 });
        var random = new SeededRandom(5);
        var samples = 0L;
        for (var trial = 0; trial < Trials; trial++)
        {
            bank.Reset();
            do
            {
                samples++;
            }
            while (bank.Step(random.Normal()) == 0);
        }

        var exact = CusumChain.RunLength(0.5, 4, 0);
        Assert.Equal(1, samples / (double)Trials / exact, 4 / Math.Sqrt(Trials));
    }

    [Fact]
    public void BankCalibration_FewAlarms_ComesNearAndEachCusumAloneIsRarer()
    {
        var calibration = BankCalibration.Fit(1000, 2000, 3);

        Assert.InRange(calibration.RunLength, 900, 1100);
        Assert.InRange(calibration.OwnRunLength, 1100, 4000);
        Assert.Equal(calibration.OwnRunLength, CusumChain.RunLength(calibration.Settings.Reference2, calibration.Settings.Threshold2, 0), 1.0);
    }

    [Fact]
    public void BankEfficiency_AnyStep_IsBelowOneAndLearningCosts()
    {
        var settings = BankCalibration.Fit(1000, 1000, 3).Settings;

        var one = BankEfficiency.Measure(settings, 1, 1000, 3000, 3);

        Assert.InRange(one.Known, 0.75, 1.02);
        Assert.InRange(one.Learnt, 0.7, 1.05);
        Assert.True(one.LearningSamples >= 20 * one.LearntDelay);
    }
}
