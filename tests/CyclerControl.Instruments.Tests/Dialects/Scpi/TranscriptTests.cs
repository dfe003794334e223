using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Tests.Doubles;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Instruments.Tests.Dialects.Scpi;

/// <summary>Every shipped SCPI profile against its own transcript: the dialect must say exactly what stands there.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Names =>
        [.. ProfileLibrary.Shipped.Profiles.Where(profile => profile.Adapter == ProfileAdapter.Scpi).Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Transcript_OfShippedProfile_IsWhatTheDialectSays(string name)
    {
        var profile = ProfileLibrary.Shipped.Find(name)!;
        using var wire = new ScriptedTransport(profile.Transcript);
        using var session = new LinkSession(name, wire, profile.Link, new ManualClock());
        using var instrument = new ScpiInstrument(profile, session);
        Converse(instrument, profile, isScripted: true);
        Assert.Equal(profile.Transcript.Length, wire.Played);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mirror_OfShippedProfile_CarriesTheSameConversation(string name)
    {
        using var bench = new Bench(name);
        var lowest = bench.Profile.Capabilities.CurrentRanges[0].MaxAmperes;
        var refused = bench.Profile.Language!.Command(ScpiCommandName.Current)!.ForChannel(1).Exchanges[0].Send;
        refused.Write(bench.Session.Begin(), 0.25 * lowest, []);
        bench.Mirror.Refusals[System.Text.Encoding.UTF8.GetString(bench.Session.Message.Written).TrimStart(':')] = "-222,\"Data out of range\"";
        Converse(bench.Instrument, bench.Profile, isScripted: false);
        Assert.Null(bench.Session.Poison);
    }

    // Identify, set up, prepare, charge, read, its own buffer, discharge, hold, read, an error, off.
    private static void Converse(ScpiInstrument instrument, HardwareProfile profile, bool isScripted)
    {
        var lowest = profile.Capabilities.CurrentRanges[0].MaxAmperes;
        _ = instrument.Initialize(null);
        var channel = instrument.Channels[0];
        channel.Prepare();
        channel.Apply(Bench.Current(0.5 * lowest));
        Assert.Equal(0.5 * lowest, channel.Read().Amperes, 12);
        if (profile.Capabilities.Buffered is { } buffered)
        {
            var block = (IBufferedChannel)channel;
            block.StartBuffer(buffered.Fastest.TotalSeconds);
            Assert.Equal(isScripted && profile.Language!.Buffer!.End is not null ? 2 : 0, block.Fetch(new BufferedReading[buffered.Capacity]).Count);
            block.StopBuffer();
        }

        channel.Apply(Bench.Current(-0.5 * lowest));
        if (profile.Capabilities.HoldsVoltage)
        {
            channel.Apply(Bench.Hold(0.5, lowest));
            Assert.Equal(0.5, channel.Read().Volts, 6);
        }

        var error = Assert.Throws<InstrumentErrorException>(() => channel.Apply(Bench.Current(0.25 * lowest)));
        Assert.Contains("-222", error.Message, StringComparison.Ordinal);
        channel.OutputOff();
        channel.Release();
    }

    private sealed class ScriptedTransport(IReadOnlyList<TranscriptLine> lines) : ITransport
    {
        private byte[]? _reply;

        public int Played { get; private set; }

        public string Address => "tcp://transcript:1";

        public TransportResult Send(ReadOnlySpan<byte> data, TimeSpan timeout)
        {
            var sent = System.Text.Encoding.UTF8.GetString(data).TrimEnd('\n');
            Assert.True(Played < lines.Count, $"the transcript has ended; sent: {sent}");
            Assert.Equal(lines[Played].Send, sent);
            _reply = lines[Played++].Reply is { } reply ? System.Text.Encoding.UTF8.GetBytes(reply + "\n") : null;
            return TransportResult.Moved(data.Length);
        }

        public TransportResult Receive(Span<byte> buffer, TimeSpan timeout)
        {
            if (_reply is null)
            {
                return new TransportResult(0, TransportFault.TimedOut, null);
            }

            _reply.CopyTo(buffer);
            return TransportResult.Moved(_reply.Length);
        }

        public bool WaitForInput(TimeSpan timeout) => false;

        public void Dispose()
        {
        }
    }
}
