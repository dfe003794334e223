using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware.Messages;

namespace CyclerControl.Instruments.Dialects.Neware;

/// <summary>Questions about one channel, and pages of its record. One for all channels of a connection.</summary>
internal sealed class BtsPages(BtsSession session)
{
    private readonly BtsRow[] _rows = new BtsRow[BtsRequests.MostRows];

    private delegate T Parser<T>(ReadOnlySpan<byte> reply);

    /// <summary>Fetches rows; valid until the next page.</summary>
    /// <param name="first">Number of the first row, from 1.</param>
    /// <param name="count">1 to <see cref="BtsRequests.MostRows"/>.</param>
    public ReadOnlySpan<BtsRow> Download(ChannelId channel, BtsPlace place, long testId, long first, int count) => _rows.AsSpan(0, Ask(
        channel, BtsRequests.Download(place, testId, first, count), "rows of the record", reply => BtsReplies.Rows(reply, first, _rows.AsSpan(0, count))));

    public string Status(ChannelId channel, BtsPlace place) => Ask(channel, BtsRequests.Status(place), "the state of the channel", BtsReplies.Status);

    public BtsUpload Upload(ChannelId channel, BtsPlace place) => Ask(channel, BtsRequests.Upload(place), "the test of the channel", BtsReplies.Upload);

    /// <summary>Tells the channel to start or to stop.</summary>
    /// <returns>What it answers; there is never a reason.</returns>
    public bool Tell(ChannelId channel, string command, string message) => Ask(channel, message, "ok or false", reply => BtsReplies.IsDone(reply, command));

    private T Ask<T>(ChannelId channel, string message, string expected, Parser<T> parse)
    {
        var reply = session.Exchange(message);
        try
        {
            return parse(reply);
        }
        catch (FormatException wrong)
        {
            throw session.Garbled($"expected {expected}: {wrong.Message}", reply, channel);
        }
    }
}
