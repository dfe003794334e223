using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>
/// One exchange goes wrong, each in turn and in each way: nothing false is taken for a reading, nothing but a named fault comes out, and on the
/// next connection everything is off.
/// </summary>
public sealed class BrokenWireTests
{
    public static TheoryData<string, Trouble> Cases
    {
        get
        {
            var cases = new TheoryData<string, Trouble>();
            foreach (var name in Catalogue.SetpointInstruments)
            {
                foreach (var trouble in Enum.GetValues<Trouble>())
                {
                    cases.Add(name, trouble);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Subjects => [.. Catalogue.SetpointInstruments];

    public static TheoryData<string> WithBuffer => [.. Catalogue.SetpointInstruments.Where(name => Catalogue.Make(name).Capabilities.Buffered is not null)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exchange_EachInTurnGoesWrong_IsANamedFaultAndTheNextConnectionSwitchesOff(string name, Trouble trouble)
    {
        var (identity, exchanges) = Healthy(name);
        for (var troubled = 0; troubled < exchanges; troubled++)
        {
            var subject = Catalogue.Make(name);
            var instrument = subject.Connect();
            subject.Wire.Trouble = trouble;
            subject.Wire.TroubledExchange = troubled;
            var readings = new List<(Reading Read, double Volts, double Amperes)>();
            var fault = Record.Exception(() =>
            {
                _ = instrument.Initialize(null);
                Conversation.Carry(subject, instrument.First(), readings);
            });

            var where = $"{name}, {trouble} at exchange {troubled}";
            Assert.True(fault is null or InstrumentException, $"{where}: {fault}");
            Assert.True(fault is not null || trouble is Trouble.Garbled or Trouble.OutOfPhase, $"{where}: nobody noticed");
            Assert.All(readings, one => Assert.True(IsTrue(one), $"{where}: read {one.Read}, true are {one.Volts} V and {one.Amperes} A"));
            if (fault is LinkFaultException)
            {
                // What is poisoned stays so: a late reply must find nobody who asks.
                Assert.ThrowsAny<LinkFaultException>(instrument.KeepAlive);
            }

            instrument.Dispose();
            using var next = subject.Connect();
            _ = next.Initialize(identity);
            Assert.False(subject.Truth.IsAnyOn, where);
        }
    }

    // At 0 byte by byte, then every reply in two at each position of the longest.
    [Theory]
    [MemberData(nameof(Subjects))]
    public void Reply_SplitAtEveryPosition_IsWhole(string name)
    {
        var longest = 1;
        for (var at = 0; at < longest; at++)
        {
            var subject = Catalogue.Make(name);
            using var instrument = subject.Connect();
            subject.Wire.SplitAt = at;
            _ = instrument.Initialize(null);
            var readings = new List<(Reading Read, double Volts, double Amperes)>();
            Conversation.Carry(subject, instrument.First(), readings);
            longest = subject.Wire.LongestReply;

            Assert.All(readings, one => Assert.True(IsTrue(one), $"{name}, split at {at}: read {one.Read}"));
            Assert.False(subject.Truth.IsAnyOn);
            Assert.Equal(at > 0 ? [at] : Enumerable.Range(1, longest - 1), subject.Wire.Cuts.Order());
        }
    }

    // What one fetch brings, over and over: longer than any other reply, and than what the receiver has room for at first.
    [Theory]
    [MemberData(nameof(WithBuffer))]
    public void Buffer_SplitAtEveryPosition_IsWhole(string name)
    {
        var (whole, split) = (new Filling(name), new Filling(name));
        var (expected, read) = (new BufferedReading[split.Room], new BufferedReading[split.Room]);
        var (at, rounds) = (1, 0);
        while (at < split.Subject.Wire.LongestReply)
        {
            split.Subject.Wire.SplitAt = at;
            var (sound, cut) = (whole.Fetch(expected), split.Fetch(read));

            Assert.Equal(sound, cut);
            Assert.True(sound.Count > 0 && !sound.Overflowed, $"{name}, split at {at}: {sound}");
            Assert.True(expected.AsSpan(0, sound.Count).SequenceEqual(read.AsSpan(0, sound.Count)), $"{name}, split at {at}: other readings");
            at = split.Subject.Wire.Cuts.Contains(at) ? at + 1 : at; // A page at the end of its ring may be a shorter one.
            Assert.True(++rounds < 10_000, $"{name}: no reply was as long as {at}");
        }

        Assert.InRange(split.Subject.Wire.LongestReply, 4097, 10_000);
        Assert.Empty(Enumerable.Range(1, split.Subject.Wire.LongestReply - 1).Except(split.Subject.Wire.Cuts));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Bytes_ThatNobodyAskedFor_EndTheConnectionBeforeTheNextQuestion(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        instrument.First().Prepare();
        instrument.First().Apply(Conversation.Current(0.5 * subject.Capabilities.CurrentRanges[0].MaxAmperes));
        var said = subject.Wire.Messages.Count;
        subject.Wire.Arrive("+1.000000E+00,+1.000000E+00\n"u8.ToArray());

        Assert.Throws<LinkFaultException>(() => instrument.First().Read());
        Assert.Equal(said, subject.Wire.Messages.Count);
        Assert.Throws<LinkFaultException>(instrument.First().OutputOff);
        Assert.False(subject.Truth.IsOn);
    }

    // A serial line has no end: what was still on its way answers the next connection's first question.
    [Theory]
    [MemberData(nameof(Subjects))]
    public void Reply_LateIntoTheNextConnection_SwitchesNothingOnAndTheOneAfterIsSound(string name)
    {
        var healthy = Catalogue.Make(name);
        var first = Conversation.Opened(healthy);
        Conversation.Carry(healthy, first.First(), []);
        foreach (var late in healthy.Wire.Replies.DistinctBy(Convert.ToHexString))
        {
            var subject = Catalogue.Make(name);
            var before = Conversation.Opened(subject);
            var identity = before.Identity;
            before.First().Prepare();
            before.First().Apply(Conversation.Current(0.5 * subject.Capabilities.CurrentRanges[0].MaxAmperes));
            var next = subject.Connect();
            subject.Wire.Leftover = late;
            var said = subject.Wire.Messages.Count;

            Assert.IsAssignableFrom<InstrumentException>(Record.Exception(() => next.Initialize(identity)));
            Assert.DoesNotContain(subject.Wire.Messages.Skip(said), message => message.Contains("OUTP ON", StringComparison.Ordinal));
            using var sound = subject.Connect();
            _ = sound.Initialize(identity);
            Assert.False(subject.Truth.IsAnyOn);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void ErrorQueue_ThatNeverEnds_IsReadSoOftenAndNoMore(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        var before = subject.Wire.Exchanges;
        subject.Wire.Tamper = (_, reply) => reply.AsSpan().IndexOf("No error"u8) >= 0 ? "-113,\"Undefined header\"\n"u8.ToArray() : reply;
        _ = Record.Exception(() => Conversation.Carry(subject, instrument.First(), []));

        Assert.InRange(subject.Wire.Exchanges - before, 1, 150);
    }

    private static (InstrumentIdentity Identity, int Exchanges) Healthy(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        Conversation.Carry(subject, instrument.First(), []);
        return (instrument.Identity, subject.Wire.Exchanges);
    }

    private static bool IsTrue((Reading Read, double Volts, double Amperes) one) =>
        one.Read.Quality != ReadingQuality.Valid
        || (Math.Abs(one.Read.Volts - one.Volts) < 1e-3 + (0.01 * Math.Abs(one.Volts))
            && Math.Abs(one.Read.Amperes - one.Amperes) < 1e-6 + (0.01 * Math.Abs(one.Amperes)));
}
