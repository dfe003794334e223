using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>Questions about one channel, and pages of its record. One for all channels of a connection.</summary>
internal sealed class BtsPages(BtsSession session)
{
    private readonly BtsRow[] _rows = new BtsRow[BtsRequests.MostRows];

    /// <summary>Fetches rows; valid until the next page.</summary>
    /// <param name="first">Number of the first row, from 1.</param>
    /// <param name="count">1 to <see cref="BtsRequests.MostRows"/>.</param>
    public ReadOnlySpan<BtsRow> Download(ChannelId channel, BtsPlace place, long testId, long first, int count)
    {
        var reply = session.Exchange(BtsRequests.Download(place, testId, first, count));
        try
        {
            return _rows.AsSpan(0, BtsReplies.Rows(reply, first, _rows.AsSpan(0, count)));
        }
        catch (FormatException wrong)
        {
            throw session.Garbled($"expected rows of the record: {wrong.Message}", reply, channel);
        }
    }

    public string Status(ChannelId channel, BtsPlace place)
    {
        var reply = session.Exchange(BtsRequests.Status(place));
        try
        {
            return BtsReplies.Status(reply);
        }
        catch (FormatException wrong)
        {
            throw session.Garbled($"expected the state of the channel: {wrong.Message}", reply, channel);
        }
    }

    public BtsUpload Upload(ChannelId channel, BtsPlace place)
    {
        var reply = session.Exchange(BtsRequests.Upload(place));
        try
        {
            return BtsReplies.Upload(reply);
        }
        catch (FormatException wrong)
        {
            throw session.Garbled($"expected the test of the channel: {wrong.Message}", reply, channel);
        }
    }

    /// <summary>Tells the channel to start or to stop.</summary>
    /// <returns>What it answers; there is never a reason.</returns>
    public bool Tell(ChannelId channel, string command, string message)
    {
        var reply = session.Exchange(message);
        try
        {
            return BtsReplies.IsDone(reply, command);
        }
        catch (FormatException wrong)
        {
            throw session.Garbled($"expected ok or false: {wrong.Message}", reply, channel);
        }
    }
}
