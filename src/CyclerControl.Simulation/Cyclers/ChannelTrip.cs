namespace CyclerControl.Simulation.Cyclers;

/// <summary>Why a channel has latched its output off by itself.</summary>
public enum ChannelTrip
{
    None = 0,

    /// <summary>Nobody named the channel for longer than the watchdog's delay.</summary>
    Watchdog = 1,

    /// <summary>The voltage at the terminals left what the hardware can hold.</summary>
    HardwareLimit = 2,
}
