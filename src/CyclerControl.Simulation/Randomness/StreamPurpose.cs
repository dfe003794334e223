namespace CyclerControl.Simulation.Randomness;

/// <summary>What a stream of one seed is for: the short of a cell must not depend on how often its voltage was read.</summary>
internal static class StreamPurpose
{
    public const int Short = 1;
    public const int Noise = 2;
    public const int Spikes = 3;
}
