using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Service.Stations;

/// <summary>Tells several what happens on the links, in their order.</summary>
public sealed class LinkObservers(params ILinkObserver[] observers) : ILinkObserver
{
    public void LinkOpened(string instrument, InstrumentIdentity identity)
    {
        foreach (var observer in observers)
        {
            observer.LinkOpened(instrument, identity);
        }
    }

    public void LinkClosed(string instrument, string reason)
    {
        foreach (var observer in observers)
        {
            observer.LinkClosed(instrument, reason);
        }
    }

    public void OpenAttemptFailed(string instrument, string reason)
    {
        foreach (var observer in observers)
        {
            observer.OpenAttemptFailed(instrument, reason);
        }
    }

    public void ChannelChanged(ChannelId channel, ChannelState state)
    {
        foreach (var observer in observers)
        {
            observer.ChannelChanged(channel, state);
        }
    }

    public void Detected(ChannelId channel, DetectionEvent found)
    {
        foreach (var observer in observers)
        {
            observer.Detected(channel, found);
        }
    }

    public void Alarm(string place, string message)
    {
        foreach (var observer in observers)
        {
            observer.Alarm(place, message);
        }
    }

    public void DeadlinesMissed(string instrument, long count)
    {
        foreach (var observer in observers)
        {
            observer.DeadlinesMissed(instrument, count);
        }
    }
}
