using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Neware;
using CyclerControl.Instruments.Dialects.Neware.Messages;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Tests.Doubles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Dialects.Neware;

public sealed class BtsSessionTests
{
    private const string Question = "<bts version=\"1.0\"><cmd>getdevinfo</cmd></bts>";

    [Fact]
    public void Exchange_ReplySplitAtEveryByte_IsWhole()
    {
        var wire = Transcripts.Wire("getchlstatus");
        for (var at = 1; at < wire.Length; at++)
        {
            using var session = Session(Split(wire, () => at));
            Assert.Equal(Transcripts.Text("getchlstatus"), Encoding.UTF8.GetString(session.Exchange(Question)));
        }
    }

    // Each on a connection of its own, whose receiver begins with less room than that and has to find more.
    [Fact]
    public void Exchange_PageOf100RowsSplitAtEveryByte_IsWhole()
    {
        var page = Page(100);
        var wire = Arriving(page);
        for (var at = 1; at < wire.Length; at++)
        {
            using var session = Session(Split(wire, () => at));
            Assert.True(session.Exchange(Question).SequenceEqual(page), $"split at {at} of {wire.Length}");
        }
    }

    // The longest reply there is, on one connection.
    [Fact]
    public void Exchange_PageOf1000RowsSplitAtEveryByte_IsWhole()
    {
        var page = Page(BtsRequests.MostRows);
        var wire = Arriving(page);
        var at = 1;
        var transport = Split(wire, () => at);
        using var session = Session(transport);
        for (; at < wire.Length; at++)
        {
            Assert.True(session.Exchange(Question).SequenceEqual(page), $"split at {at} of {wire.Length}");
        }
    }

    [Fact]
    public void Exchange_OneByteAtATime_IsWhole()
    {
        var transport = new BtsWire(_ => Transcripts.Wire("getdevinfo")) { Piece = 1 };
        using var session = Session(transport);
        Assert.Equal(Transcripts.Text("getdevinfo"), Encoding.UTF8.GetString(session.Exchange(Question)));
    }

    [Fact]
    public void Exchange_EndLineAlone_EndsTheReplyToo()
    {
        var transport = new BtsWire(_ => Encoding.UTF8.GetBytes(Transcripts.Text("stop-ok") + "#\r\n"));
        using var session = Session(transport);
        Assert.Equal(Transcripts.Text("stop-ok"), Encoding.UTF8.GetString(session.Exchange(Question)));
    }

    [Theory]
    [InlineData(TransportFault.Closed, "closed the connection")]
    [InlineData(TransportFault.TimedOut, "only half a reply")]
    [InlineData(TransportFault.Broken, "broke")]
    public void Exchange_HalfAReply_GivesTheConnectionUp(TransportFault fault, string words)
    {
        var transport = new BtsWire(_ => Transcripts.Wire("getdevinfo")[..200]) { Silence = fault };
        using var session = Session(transport);
        Assert.Contains(words, Assert.Throws<LinkFaultException>(() => session.Exchange(Question).Length).Message, StringComparison.Ordinal);
        Assert.Contains("was given up", Assert.Throws<LinkFaultException>(() => session.Exchange(Question).Length).Message, StringComparison.Ordinal);
        Assert.Single(transport.Messages);
    }

    [Fact]
    public void Exchange_TwoReplies_GivesTheConnectionUp()
    {
        var transport = new BtsWire(_ => [.. Transcripts.Wire("stop-ok"), .. Transcripts.Wire("stop-ok")]);
        using var session = Session(transport);
        Assert.Contains("more than one reply", Assert.Throws<LinkFaultException>(() => session.Exchange(Question).Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchange_BytesThatNobodyAskedFor_AreNoAnswer()
    {
        var transport = new BtsWire(_ => Transcripts.Wire("stop-ok"));
        transport.Arrive(Transcripts.Wire("start-ok"));
        using var session = Session(transport);
        Assert.Contains("before it was asked", Assert.Throws<LinkFaultException>(() => session.Exchange(Question).Length).Message, StringComparison.Ordinal);
        Assert.Empty(transport.Messages);
    }

    [Fact]
    public void Exchange_ClosedBeforeTheQuestion_SaysThatItWasNotSent()
    {
        var transport = new BtsWire(_ => null) { Silence = TransportFault.Closed, EndsUnasked = true };
        using var session = Session(transport);
        var fault = Assert.Throws<LinkFaultException>(() => session.Exchange(Question).Length);
        Assert.Contains(": about to ask '", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("', it was not sent; the BTS program closed the connection", fault.Message, StringComparison.Ordinal);
        Assert.Empty(transport.Messages);
    }

    [Fact]
    public void Exchange_ReplyWithoutEnd_IsCutOffAtTheCap()
    {
        var transport = new BtsWire(_ => new byte[BtsSession.MaxReplyBytes + 10]) { Piece = 1 << 20 };
        using var session = Session(transport);
        Assert.Contains("no end", Assert.Throws<LinkFaultException>(() => session.Exchange(Question).Length).Message, StringComparison.Ordinal);
    }

    private static byte[] Page(int rows)
    {
        var box = new FakeBts();
        for (var i = 0; i < rows; i++)
        {
            box.Row(2, 1 + (i % 7), 10 * i, "dc", -0.0123456 * (i % 80), -0.5, 0.00138 * i);
        }

        return Encoding.UTF8.GetBytes(box.Answer(BtsRequests.Download(new BtsPlace("127.0.0.1", 27, 21, 1, 1), 143, 1, rows))!);
    }

    private static byte[] Arriving(byte[] document) => [.. document, .. "\n\n#\r\n"u8];

    private static BtsWire Split(byte[] wire, Func<int> at)
    {
        BtsWire? transport = null;
        return transport = new BtsWire(_ =>
        {
            transport!.ArriveSplit(wire, at());
            return null;
        });
    }

    private static BtsSession Session(BtsWire transport) => new("bts", transport, LinkTimeouts.Default, new ManualClock());
}
