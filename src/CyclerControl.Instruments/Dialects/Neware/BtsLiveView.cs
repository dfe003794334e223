using CyclerControl.Instruments.Dialects.Neware.Messages;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>What the program shows of its channels at the moment: all of the unit in one exchange, and no more often than it is renewed.</summary>
internal sealed class BtsLiveView(BtsSession session, int channelCount)
{
    private readonly BtsLive[] _channels = new BtsLive[channelCount];
    private long? _askedAt;

    public IReadOnlyList<BtsPlace> Places { get; set; } = [];

    /// <param name="fresh">Asks again whatever is known.</param>
    /// <param name="askedAtNanoseconds">When it was asked, ns.</param>
    public ref readonly BtsLive Read(BtsPlace place, bool fresh, out long askedAtNanoseconds)
    {
        if (fresh || _askedAt is not { } asked || session.NowNanoseconds - asked >= BtsSettings.ShortestPoll.Ticks * 100)
        {
            Ask();
        }

        askedAtNanoseconds = _askedAt!.Value;
        return ref _channels[IndexOf(place)];
    }

    private void Ask()
    {
        var reply = session.Exchange(BtsRequests.Inquire([.. Places]));
        try
        {
            BtsReplies.Live(reply, _channels);
            _askedAt = session.SentAtNanoseconds;
        }
        catch (FormatException wrong)
        {
            throw session.Garbled($"expected the live values of {Places.Count} channels: {wrong.Message}", reply, null);
        }
    }

    private int IndexOf(BtsPlace place)
    {
        for (var i = 0; i < Places.Count; i++)
        {
            if (Places[i] == place)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"{place} is not of this unit");
    }
}
