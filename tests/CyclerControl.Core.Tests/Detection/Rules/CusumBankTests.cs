using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class CusumBankTests
{
    private static readonly double[] s_references = [0.25, 0.5, 1, 2.5];

    [Fact]
    public void CusumBank_RandomResiduals_EqualsFourCusumsOneByOne()
    {
        var random = new Random(1);
        var settings = new CusumBankSettings();
        double[] thresholds = [settings.Threshold1, settings.Threshold2, settings.Threshold3, settings.Threshold4];
        var bank = new CusumBank(settings, 2);
        var sums = new double[4];
        for (var n = 0; n < 20_000; n++)
        {
            var z = 20 * random.NextDouble() - 9.8;
            var bits = bank.Step(z);
            for (var i = 0; i < 4; i++)
            {
                sums[i] = Math.Clamp(sums[i] + Math.Clamp(z, -8, 8) - s_references[i], 0, 2 * thresholds[i]);
                Assert.Equal(sums[i], bank.Sum(i), 9);
                Assert.Equal(sums[i] > thresholds[i], (bits >> i & 1) == 1);
            }
        }
    }

    [Theory]
    // Exact values (Markov chain of 400 states) for one CUSUM; the others are switched off by a threshold out of reach.
    [InlineData(0.5, 4, 0, 335)]
    [InlineData(0.5, 5, 0, 931)]
    [InlineData(0.5, 4, 1, 8.38)]
    [InlineData(1, 5, 2, 5.75)]
    [InlineData(2, 5, 4, 3.11)]
    public void CusumBank_RunLengthOnWhiteNoise_IsThatOfTheory(double reference, double threshold, double shift, double exact)
    {
        var random = new Random(2);
        var bank = new CusumBank(new CusumBankSettings(8, 1e3, 1e9, reference, threshold, 1e3, 1e9, 1e3, 1e9));
        const int Runs = 3000;
        long steps = 0;
        for (var run = 0; run < Runs; run++)
        {
            bank.Reset();
            do
            {
                steps++;
            }
            while (bank.Step(Normal(random) + shift) == 0);
        }

        Assert.InRange((double)steps / Runs / exact, 0.93, 1.07);
    }

    [Fact]
    public void CusumBank_OneRecordHoweverWild_NeverAlarms()
    {
        var bank = new CusumBank(new CusumBankSettings());

        Assert.Equal(0u, bank.Step(1e9));
        Assert.NotEqual(0u, bank.Step(1e9));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(5, 3)]
    public void CusumBank_Shift_IsToldByTheCusumMadeForIt(double shift, int index)
    {
        var bank = new CusumBank(new CusumBankSettings());
        while (bank.Step(shift) == 0)
        {
        }

        Assert.Equal(index, bank.Furthest);
        Assert.True(bank.Alarmed);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
