using CyclerControl.Acquisition.Blocks;

namespace CyclerControl.Acquisition.Tests.Blocks;

public sealed class InstrumentTimeTests
{
    private const long Millisecond = 1_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(50e-6)]
    [InlineData(-150e-6)]
    public void Adjust_CrystalThatDrifts_TimesStayWithinTheExchangeAndKeepRising(double drift)
    {
        var random = new Random(7);
        var time = new InstrumentTime();
        time.Begin();
        var sent = 0L;
        var next = Millisecond; // One reading a millisecond, fetched every 20 ms or so, for an hour of ours.
        var last = long.MinValue;
        var worst = 0L;
        var stamps = new List<long>();
        for (var now = 20 * Millisecond; now < 3_600_000 * Millisecond; now += (15 + random.Next(10)) * Millisecond)
        {
            stamps.Clear();
            var emptied = now + (random.Next(500) * 1000L); // The question takes up to half a millisecond to arrive,
            for (; next <= emptied; next += Millisecond)
            {
                stamps.Add(next);
            }

            var received = emptied + (random.Next(1500) * 1000L); // and the block up to one and a half back.
            time.Adjust(Stamp(stamps[0], drift), Stamp(stamps[^1], drift), sent, received);
            sent = now;
            foreach (var stamp in stamps)
            {
                var at = time.ToClock(Stamp(stamp, drift));
                Assert.True(at > last);
                last = at;
                worst = Math.Max(worst, Math.Abs(at - stamp));
            }

            Assert.True(last <= received);
        }

        Assert.Equal(0, time.Jumps);
        Assert.InRange(worst, 0, 3 * Millisecond);
    }

    [Fact]
    public void Adjust_StampsThatJump_AreCountedAndTimesGoOnRising()
    {
        var time = new InstrumentTime();
        time.Begin();
        time.Adjust(100, 100.02, 0, 21 * Millisecond);
        var before = time.ToClock(100.02);

        time.Adjust(50, 50.02, 20 * Millisecond, 41 * Millisecond);
        var first = time.ToClock(50);
        var second = time.ToClock(50.02);

        Assert.Equal(1, time.Jumps);
        Assert.True(before < first && first < second);
        Assert.InRange(second, 40 * Millisecond, 41 * Millisecond);
    }

    [Fact]
    public void Adjust_MoreBlocks_OnlyNarrowWhatIsPossible()
    {
        var time = new InstrumentTime();
        time.Begin();
        time.Adjust(10, 10.02, 0, 30 * Millisecond);
        var wide = time.UncertaintyNanoseconds;
        time.Adjust(10.021, 10.04, 29 * Millisecond, 49 * Millisecond);

        Assert.Equal(5 * Millisecond, wide, 1e3);
        Assert.InRange(time.UncertaintyNanoseconds, 0, Millisecond);
    }

    private static double Stamp(long clock, double drift) => 12345.678 + (clock * 1e-9 * (1 + drift));
}
