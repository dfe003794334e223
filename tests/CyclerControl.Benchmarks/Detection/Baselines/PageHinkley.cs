namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>
/// Page-Hinkley test of both directions with the defaults of the package river: 30 readings at least, delta 0.005, threshold 50, forgetting 0.9999. They are not in
/// units of sigma, so it is given the standardised voltage. Written from the published description.
/// </summary>
internal sealed class PageHinkley : IBaseline
{
    private const int LeastReadings = 30;
    private const double Delta = 0.005;
    private const double Threshold = 50;
    private const double Kept = 0.9999;

    private long count;
    private double mean;
    private double rise;
    private double fall;
    private double lowestRise;
    private double highestFall;

    public string Name => "page_hinkley";

    public void Reset()
    {
        count = 0;
        mean = rise = fall = 0;
        lowestRise = double.PositiveInfinity;
        highestFall = double.NegativeInfinity;
    }

    public bool Observe(in BaselineReading reading)
    {
        if (!reading.Learnt)
            return false;
        mean += (reading.Z - mean) / ++count;
        var deviation = reading.Z - mean;
        rise = (Kept * rise) + deviation - Delta;
        fall = (Kept * fall) + deviation + Delta;
        lowestRise = Math.Min(lowestRise, rise);
        highestFall = Math.Max(highestFall, fall);
        if (count < LeastReadings || Math.Max(rise - lowestRise, highestFall - fall) <= Threshold)
            return false;
        Reset();
        return true;
    }
}
