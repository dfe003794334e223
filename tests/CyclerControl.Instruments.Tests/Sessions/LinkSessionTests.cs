using System.Text;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Tests.Doubles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Sessions;

public sealed class LinkSessionTests : IDisposable
{
    private readonly FakeTransport _wire = new(line => line.StartsWith("MEAS", StringComparison.Ordinal) ? "+1.0,+2.0" : null);
    private readonly LinkSession _session;

    public LinkSessionTests() => _session = new LinkSession("cyc-a", _wire, LinkSettings.Default, new ManualClock());

    public void Dispose() => _session.Dispose();

    private string Ask(string question)
    {
        _session.Begin().Append(Encoding.UTF8.GetBytes(question));
        return Encoding.UTF8.GetString(_session.Exchange());
    }

    private LinkFaultException Fault(string question = "MEAS? (@1)") => Assert.Throws<LinkFaultException>(() => Ask(question));

    [Fact]
    public void Exchange_WholeReply_IsReturnedWithoutTerminator() => Assert.Equal("+1.0,+2.0", Ask("MEAS? (@1)"));

    [Fact]
    public void Exchange_ReplyInPieces_IsPutTogether()
    {
        _wire.Spoiled.Enqueue("+1.0,"u8.ToArray());
        _wire.Spoiled.Enqueue("+2.0\r\n"u8.ToArray());
        _session.Begin().Append("TWO\nLINES"u8);   // the double answers line by line
        Assert.Equal("+1.0,+2.0", Encoding.UTF8.GetString(_session.Exchange()));
    }

    // Each on a connection of its own, whose receiver begins with less room than that and has to find more.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exchange_LongReplySplitAtEveryByte_IsWhole(bool isBlock)
    {
        var payload = Enumerable.Range(0, 9000).Select(i => (byte)(isBlock ? i : '0' + (i % 10))).ToArray();
        byte[] reply = [.. isBlock ? "#49000"u8 : [], .. payload, (byte)'\n'];
        for (var at = 1; at < reply.Length; at++)
        {
            var wire = new FakeTransport(_ => null);
            wire.Spoiled.Enqueue(reply[..at]);
            wire.Spoiled.Enqueue(reply[at..]);
            using var session = new LinkSession("cyc-a", wire, LinkSettings.Default, new ManualClock());
            session.Begin().Append("TWO\nLINES"u8);   // the double answers line by line
            var read = isBlock ? session.ExchangeBlock() : session.Exchange();
            Assert.True(read.SequenceEqual(payload), $"split at {at}");
        }
    }

    [Fact]
    public void Exchange_Nothing_IsAFaultThatSaysWhatWasAsked()
    {
        _wire.Spoiled.Enqueue(null);
        var fault = Fault();
        Assert.Contains("cyc-a (tcp://fake:5025): asked 'MEAS? (@1)', nothing came within 2000 ms", fault.Message, StringComparison.Ordinal);
        Assert.Equal("cyc-a", fault.Instrument);
        Assert.Equal("1.000 s: 'MEAS? (@1)' -> '' (incomplete)", Assert.Single(fault.LastExchanges));
    }

    [Fact]
    public void Exchange_HalfALine_IsAFaultThatShowsTheHalf()
    {
        _wire.Spoiled.Enqueue("+1.0,+"u8.ToArray());
        Assert.Contains("only half a reply came, '+1.0,+' within 500 ms", Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchange_LateReply_NeverAnswersTheNextQuestion()
    {
        _wire.Spoiled.Enqueue(null);
        _ = Fault();
        _wire.Arrive("+1.0,+2.0\n");
        Assert.Contains("given up", Fault("MEAS? (@2)").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MEAS? (@2)", _wire.Lines);
    }

    [Fact]
    public void Exchange_BytesBeforeTheQuestion_PoisonBeforeAnythingIsSent()
    {
        _wire.Arrive("+9.0,+9.0\n");
        Assert.Contains("before it was asked came '+9.0,+9.0\\n'", Fault().Message, StringComparison.Ordinal);
        Assert.Empty(_wire.Lines);
    }

    [Fact]
    public void Exchange_ClosedBeforeTheQuestion_SaysThatItWasNotSent()
    {
        _wire.Fault = TransportFault.Closed;
        _wire.FaultsUnasked = true;
        Assert.EndsWith(": about to ask 'MEAS? (@1)', it was not sent; the instrument closed the connection", Fault().Message, StringComparison.Ordinal);
        Assert.Empty(_wire.Lines);
    }

    [Fact]
    public void Exchange_TwoReplies_AreAFault()
    {
        _wire.Spoiled.Enqueue("1\n2\n"u8.ToArray());
        Assert.Contains("more than one reply came: '1\\n2\\n'", Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchange_EndlessReply_IsCutOff()
    {
        using var wire = new EndlessTransport();
        using var session = new LinkSession("cyc-a", wire, LinkSettings.Default, new ManualClock());
        session.Begin().Append("MEAS?"u8);
        var fault = Assert.Throws<LinkFaultException>(() => session.Exchange());
        Assert.Contains("no end after 1048576 bytes", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Length < 600);
    }

    [Theory]
    [InlineData(TransportFault.Closed, "the instrument closed the connection")]
    [InlineData(TransportFault.Broken, "the connection broke")]
    public void Exchange_WireFails_IsNamed(TransportFault kind, string expected)
    {
        _wire.Spoiled.Enqueue(null);
        _wire.Fault = kind;
        Assert.Contains(expected, Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SendBlind_AfterAFault_StillReachesTheInstrument()
    {
        _wire.Spoiled.Enqueue(null);
        _ = Fault();
        _session.Begin().Append("OUTP OFF"u8);
        _session.SendBlind();
        Assert.Equal("OUTP OFF", _wire.Lines[^1]);
    }

    [Fact]
    public void SendBlind_AfterHalfASend_StaysSilent()
    {
        _wire.SendFault = TransportFault.TimedOut;
        _wire.BytesBeforeSendFault = 3;
        Assert.Contains("the message could not be sent within 2000 ms", Fault().Message, StringComparison.Ordinal);
        _wire.SendFault = TransportFault.None;
        _session.Begin().Append("OUTP OFF"u8);
        _session.SendBlind();
        Assert.Empty(_wire.Lines);
    }

    [Fact]
    public void ExchangeBlock_DefiniteBlock_IsItsPayload()
    {
        _wire.Spoiled.Enqueue("#14a\nbc\n"u8.ToArray());
        _session.Begin().Append("TRAC:DATA?"u8);
        Assert.Equal("a\nbc", Encoding.UTF8.GetString(_session.ExchangeBlock()));
    }

    [Fact]
    public void ExchangeBlock_IndefiniteBlock_IsRefused()
    {
        _wire.Spoiled.Enqueue("#0abc\n"u8.ToArray());
        _session.Begin().Append("TRAC:DATA?"u8);
        var fault = Assert.Throws<LinkFaultException>(() => _session.ExchangeBlock());
        Assert.Contains("expected a definite-length block", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WireLog_MoreThanItHolds_KeepsTheLastAndEscapesControls()
    {
        for (var i = 0; i < 70; i++)
        {
            _ = Ask($"MEAS? (@{i})");
        }

        Assert.Equal(64, _session.LastExchanges().Count);
        Assert.Equal("1.000 s: 'MEAS? (@69)' -> '+1.0,+2.0'", _session.LastExchanges()[^1]);
        Assert.Equal("'a\\n\\x1B\\xFF\\\\'", WireLog.Printable("a\n\u001B"u8.ToArray().Append((byte)255).Append((byte)'\\').ToArray()));
    }

    private sealed class EndlessTransport : ITransport
    {
        public string Address => "tcp://endless:1";

        public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout) => TransportResult.Moved(data.Length);

        public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
        {
            buffer.Fill((byte)'x');
            return TransportResult.Moved(buffer.Length);
        }

        public bool WaitForInput(TimeSpan timeout) => false;

        public void Dispose()
        {
        }
    }
}
