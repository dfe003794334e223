namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>The mean of the last 10 readings against that of the 60 before them: alarm when it is lower by five standard errors, and by 2 %.</summary>
internal sealed class MovingMean : IBaseline
{
    private const int Recent = 10;
    private const int Before = 60;
    private const double StandardErrors = 5;
    private const double LeastFraction = 0.02;

    private readonly double[] ring = new double[Recent + Before];
    private long count;
    private double recentSum;
    private double beforeSum;
    private double beforeSquares;

    public string Name => "moving_mean";

    public void Reset()
    {
        count = 0;
        recentSum = beforeSum = beforeSquares = 0;
    }

    public bool Observe(in BaselineReading reading)
    {
        var place = (int)(count % ring.Length);
        if (count >= Recent)
        {
            var old = ring[(int)((count - Recent) % ring.Length)];
            recentSum -= old;
            beforeSum += old;
            beforeSquares += old * old;
        }

        if (count >= ring.Length)
        {
            beforeSum -= ring[place];
            beforeSquares -= ring[place] * ring[place];
        }

        ring[place] = reading.Volts;
        recentSum += reading.Volts;
        count++;
        if (count < ring.Length)
            return false;
        var before = beforeSum / Before;
        var variance = Math.Max(0, (beforeSquares / Before) - (before * before));
        var fall = before - (recentSum / Recent);
        return fall > LeastFraction * before && fall > StandardErrors * Math.Sqrt(variance * ((1.0 / Recent) + (1.0 / Before)));
    }
}
