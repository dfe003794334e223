namespace CyclerControl.Core.Detection;

/// <summary>How long after a programmed change a sample says nothing about the cell.</summary>
/// <param name="Seconds">
/// At least this long, s. Measured on a real cycler: a reversal crosses 0 V 4.8 ms and reaches 90 % 9 ms after switching; 50 ms leaves a factor of five.
/// </param>
/// <param name="Samples">At least so many samples: an integrating meter mixes old and new in the first one or two.</param>
/// <param name="LongestSeconds">
/// From this age on one sample is enough, s: a recorder that is slower than this is longer blind by each sample, and mixes in the first one only.
/// </param>
public sealed record BlankingSettings(double Seconds = 0.05, int Samples = 3, double LongestSeconds = 5);

/// <summary>The blanking of one segment.</summary>
internal struct Blanking
{
    private readonly double _startSeconds;
    private int _samples;

    public Blanking(long startNanoseconds) => _startSeconds = startNanoseconds * 1e-9;

    /// <summary>Counts the sample; true while it must not be judged.</summary>
    public bool Covers(double timeSeconds, BlankingSettings settings)
    {
        var age = timeSeconds - _startSeconds;
        var enough = age >= settings.LongestSeconds ? Math.Min(1, settings.Samples) : settings.Samples;
        if (_samples >= enough && age >= settings.Seconds)
        {
            return false;
        }

        _samples++;
        return true;
    }
}
