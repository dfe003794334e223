using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <summary>Who is told what happens on a link. Called on the link's thread and, for attempts to open, on others: return at once.</summary>
public interface ILinkObserver
{
    void LinkOpened(string instrument, InstrumentIdentity identity);

    void LinkClosed(string instrument, string reason);

    void OpenAttemptFailed(string instrument, string reason);

    /// <summary>The channel's lifecycle changed.</summary>
    void ChannelChanged(ChannelId channel, ChannelState state);

    /// <summary>The detector found something on a channel; what followed from it has been done.</summary>
    void Detected(ChannelId channel, DetectionEvent found)
    {
    }

    /// <summary>Somebody must look: trip, fault, unconfirmed output, silent loop.</summary>
    void Alarm(string place, string message);

    /// <summary>Rate-limited.</summary>
    void DeadlinesMissed(string instrument, long count);
}

/// <summary>Tells nobody.</summary>
public sealed class SilentLinkObserver : ILinkObserver
{
    public static readonly SilentLinkObserver Instance = new();

    private SilentLinkObserver()
    {
    }

    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
    }

    public void LinkClosed(string instrument, string reason)
    {
    }

    public void OpenAttemptFailed(string instrument, string reason)
    {
    }

    public void ChannelChanged(ChannelId channel, ChannelState state)
    {
    }

    public void Alarm(string place, string message)
    {
    }

    public void DeadlinesMissed(string instrument, long count)
    {
    }
}
