using CyclerControl.Acquisition.Links;
using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Answers;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Channels;

/// <summary>
/// Hands the wishes of operators to the links. What cannot work in the channel's present state is refused with the reason; the link's thread
/// has the last word, so a wish that crosses a change of state does nothing.
/// </summary>
public sealed class ChannelWishes(StationHost station)
{
    private const string NotFromHere = Safeguards.WatchedOnly + "; stop it at the instrument's own software";

    private const string CannotHold = "the instrument runs its schedule by itself, and cannot hold it and go on: use 'stop' or 'end', which end the run";

    private const string CannotSkip = "the instrument runs its schedule by itself, and cannot end a step before its time; nothing was changed";

    private const string StopEnds = "the instrument runs its schedule by itself and cannot hold it: the stop ends the run";

    private const string OnlyOurs = "the instrument runs by itself, and only what this program has started there is stopped: what another program runs goes on";

    /// <summary>Posts a wish.</summary>
    public Answer<WishAnswer> Ask(ChannelId channel, Wish wish)
    {
        if (station.Station.InstrumentOf(channel) is null)
        {
            return Unknown(station, channel);
        }

        var link = station.LinkOf(channel);
        var state = link.Snapshot(channel).State;
        if (IsWatched(channel) && wish is Wish.Stop or Wish.Pause or Wish.Resume or Wish.Skip)
        {
            return new Refusal(RefusalKind.Conflict, $"channel {channel}: {NotFromHere}; 'end' ends the watch");
        }

        if (Incapacity(channel, wish) is { } incapacity)
        {
            return new Refusal(RefusalKind.Conflict, $"channel {channel}: {incapacity}");
        }

        if (Obstacle(wish, state) is { } obstacle)
        {
            return new Refusal(RefusalKind.Conflict, $"channel {channel} is {state}: {obstacle}");
        }

        return Post(link, channel, wish)
            ? new WishAnswer(channel.ToString(), wish.ToString().ToLowerInvariant(), state.ToString().ToLowerInvariant(), null, wish == Wish.Stop ? EffectOfStop(channel, state) : null)
            : new Refusal(RefusalKind.Unavailable, $"the mailbox of {channel.Instrument} is full or its link was shut down; try again");
    }

    /// <summary>Writes a remark into the channel's run.</summary>
    public Answer<WishAnswer> Note(ChannelId channel, NoteRequest note)
    {
        if (station.Station.InstrumentOf(channel) is null)
        {
            return Unknown(station, channel);
        }

        if (NoteText.Problems(note) is { Count: > 0 } problems)
        {
            return new Refusal(RefusalKind.Invalid, problems);
        }

        var link = station.LinkOf(channel);
        var state = link.Snapshot(channel).State;
        if (state is not (ChannelState.Running or ChannelState.Paused or ChannelState.Recovering))
        {
            return new Refusal(RefusalKind.Conflict, $"channel {channel} is {state}: it has no run that a remark could go into");
        }

        return link.Note(channel, NoteText.Of(note), note.Touched)
            ? new WishAnswer(channel.ToString(), "note", state.ToString().ToLowerInvariant())
            : new Refusal(RefusalKind.Unavailable, $"the mailbox of {channel.Instrument} is full or its link was shut down; try again");
    }

    /// <summary>Output off and hold on every channel, or the end of a run that cannot be held; nothing is left out because another one failed.</summary>
    public IReadOnlyList<WishAnswer> StopAll()
    {
        var answers = new List<WishAnswer>();
        foreach (var channel in station.Station.Channels)
        {
            var link = station.LinkOf(channel);
            var state = link.Snapshot(channel).State;
            link.Stop(channel);
            answers.Add(new WishAnswer(
                channel.ToString(), "stop", state.ToString().ToLowerInvariant(), IsWatched(channel) ? NotFromHere : null, EffectOfStop(channel, state)));
        }

        return answers;
    }

    private ChannelCapabilities CapabilitiesOf(ChannelId channel) => station.Station.InstrumentOf(channel)!.Link.Capabilities;

    private bool IsWatched(ChannelId channel) => CapabilitiesOf(channel).IsWatched;

    /// <summary>What the instrument cannot do in any state.</summary>
    private string? Incapacity(ChannelId channel, Wish wish) => (wish, CapabilitiesOf(channel).Schedule) switch
    {
        (Wish.Pause, not null) => CannotHold,
        (Wish.Skip, { CanSkip: false }) => CannotSkip,
        _ => null,
    };

    private string? EffectOfStop(ChannelId channel, ChannelState state) => CapabilitiesOf(channel) switch
    {
        { Schedule: null } or { IsWatched: true } => null,
        _ => state is ChannelState.Arming or ChannelState.Running or ChannelState.Recovering ? StopEnds : OnlyOurs,
    };

    internal static Refusal Unknown(StationHost station, ChannelId channel) => new(
        RefusalKind.NotFound, $"there is no channel {channel}; station '{station.Station.Name}' has {string.Join(", ", station.Station.Channels)}");

    private static string? Obstacle(Wish wish, ChannelState state) => wish switch
    {
        Wish.Stop => null,
        Wish.Pause when state is not (ChannelState.Running or ChannelState.Recovering) => "only a running channel can be paused",
        Wish.Resume when state != ChannelState.Paused => "only a paused channel can be resumed",
        Wish.Skip when state != ChannelState.Running => "only the step of a running channel can be skipped",
        Wish.End when state is not (ChannelState.Running or ChannelState.Paused or ChannelState.Arming or ChannelState.Recovering or ChannelState.Stopping) => "it has no run to end",
        Wish.Acknowledge when state is not (ChannelState.Tripped or ChannelState.Faulted) => "there is nothing to acknowledge",
        _ => null,
    };

    private static bool Post(LinkHost link, ChannelId channel, Wish wish) => wish switch
    {
        Wish.Stop => link.Stop(channel),
        Wish.Pause => link.Pause(channel),
        Wish.Resume => link.Resume(channel),
        Wish.Skip => link.SkipStep(channel),
        Wish.End => link.End(channel),
        Wish.Acknowledge => link.Acknowledge(channel),
        _ => throw new ArgumentOutOfRangeException(nameof(wish), wish, "unknown"),
    };
}
