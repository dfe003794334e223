using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Benchmarks.Detection.Theory;

namespace CyclerControl.Repository.Tests.Benchmarks.Detection;

public sealed class SeededRandomTests
{
    private const int Draws = 4_000_000;

    [Fact]
    public void Normal_ManyDraws_HasTheLawUpToItsTails()
    {
        var random = new SeededRandom(1, 2, 3);
        var (sum, squares, fourth) = (0.0, 0.0, 0.0);
        var beyond = new int[5];
        for (var n = 0; n < Draws; n++)
        {
            var z = random.Normal();
            sum += z;
            squares += z * z;
            fourth += z * z * z * z;
            for (var limit = 0; limit < beyond.Length; limit++)
                beyond[limit] += z > limit ? 1 : 0;
        }

        Assert.Equal(0, sum / Draws, 0.002);
        Assert.Equal(1, squares / Draws, 0.003);
        Assert.Equal(3, fourth / Draws, 0.03);
        for (var limit = 0; limit < beyond.Length; limit++)
        {
            var expected = Draws * NormalLaw.Below(-limit);
            Assert.InRange(beyond[limit], expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
        }
    }

    [Fact]
    public void RoughlyNormal_ManyDraws_HasMeanAndDeviation()
    {
        var random = new SeededRandom(4);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.RoughlyNormal()).ToArray();

        Assert.Equal(0, draws.Average(), 0.02);
        Assert.Equal(1, draws.Average(z => z * z), 0.02);
    }

    [Fact]
    public void Streams_OtherKeys_GiveOtherNumbersAndTheSameKeysTheSame()
    {
        Assert.Equal(new SeededRandom(1, 2, 3).Next(), new SeededRandom(1, 2, 3).Next());
        Assert.NotEqual(new SeededRandom(1, 2, 3).Next(), new SeededRandom(1, 3, 2).Next());
        Assert.NotEqual(new SeededRandom(0).Next(), new SeededRandom(0, 0).Next());
    }

    [Fact]
    public void NormalLaw_FarTails_KeepTheirRelativeAccuracy()
    {
        Assert.Equal(1, NormalLaw.Below(-5) / 2.866515718791939e-7, 1e-12);
        Assert.Equal(1, NormalLaw.Below(-10) / 7.619853024160527e-24, 1e-10);
        Assert.Equal(1, NormalLaw.Below(-2.5) / 0.006209665325776132, 1e-12);
        Assert.Equal(1, NormalLaw.Between(6, 7) / (NormalLaw.Below(-6) - NormalLaw.Below(-7)), 1e-12);
    }
}
