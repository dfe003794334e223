namespace CyclerControl.Simulation.Cyclers;

/// <summary>Why a channel refuses a command; the numbers are those of SCPI-99, volume 2, chapter 21.</summary>
public enum ChannelError
{
    None = 0,
    SettingsConflict = -221,
    DataOutOfRange = -222,
}
