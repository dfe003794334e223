namespace CyclerControl.Simulation.Randomness;

/// <summary>What a stream of one seed is for: the short of a cell must not depend on how often its voltage was read.</summary>
internal static class StreamPurpose
{
    /// <summary>Chosen so that seed 1 of the demo's first cell is a typical one: a hard short of 3 ohm near the median.</summary>
    public const int Short = 24;

    public const int Noise = 2;
    public const int Spikes = 3;
    public const int Injection = 4;

    /// <summary>Readings of a channel that nobody uses: looking at it must not change the run that follows.</summary>
    public const int IdleNoise = 5;
}
