using CyclerControl.Acquisition.Runners;

namespace CyclerControl.Cli.Output;

/// <summary>Where a run is shown while it goes on.</summary>
internal interface IRunDisplay
{
    /// <summary>Called several times a second.</summary>
    /// <param name="speed">Test seconds per second.</param>
    void Show(in ChannelSnapshot snapshot, double speed);

    /// <summary>Something that stays on the screen.</summary>
    void Say(string line);
}
