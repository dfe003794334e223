using CyclerControl.Conformance.Tests.Subjects;
using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests;

/// <summary>What every set-point instrument does on a sound wire.</summary>
public sealed class SetpointConformanceTests
{
    public static TheoryData<string> Subjects => [.. Catalogue.SetpointInstruments];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Conversation_OnASoundWire_ReadsWhatIsTrueAndEndsOff(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        var readings = new List<(Reading Read, double Volts, double Amperes)>();
        Conversation.Carry(subject, instrument.First(), readings);

        Assert.NotEmpty(readings);
        Assert.All(readings, AssertTrue);
        Assert.False(subject.Truth.IsAnyOn);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Initialize_WrongDevice_IsRefusedAndWrittenNothing(string name)
    {
        var subject = Catalogue.Make(name);
        var asked = Identification(subject);
        using var instrument = subject.Connect();
        subject.Wire.Messages.Clear();
        subject.Wire.Tamper = (_, _) => "ACME,TOASTER,1,1.0\n"u8.ToArray();

        Assert.Throws<WrongInstrumentException>(() => instrument.Initialize(null));
        Assert.Throws<LinkFaultException>(instrument.SafeState);
        Assert.All(subject.Wire.Messages, message => Assert.Equal(asked, message));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Initialize_AnotherUnitOfTheKind_IsRefusedAndWrittenNothing(string name)
    {
        var subject = Catalogue.Make(name);
        var asked = Identification(subject);
        var before = Conversation.Opened(subject).Identity;
        subject.Exchange();
        subject.Wire.Messages.Clear();
        using var instrument = subject.Connect();

        var error = Assert.Throws<WrongInstrumentException>(() => instrument.Initialize(before));
        Assert.Contains("nothing was written to it", error.Message, StringComparison.Ordinal);
        Assert.All(subject.Wire.Messages, message => Assert.Equal(asked, message));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Initialize_WithAnOutputOn_SwitchesItOffFirst(string name)
    {
        var subject = Catalogue.Make(name);
        var first = Conversation.Opened(subject);
        var identity = first.Identity;
        first.First().Prepare();
        first.First().Apply(Conversation.Current(0.5 * Lowest(subject)));
        Assert.True(subject.Truth.IsOn);

        using var second = subject.Connect();
        _ = second.Initialize(identity);
        Assert.False(subject.Truth.IsAnyOn);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Limits_BeforeTheOutputGoesOn_AreInTheInstrument(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        instrument.First().Prepare();
        var wasRight = true;
        subject.Wire.Heard = () => wasRight &= !subject.Truth.IsOn || (subject.Truth.HighLimitVolts <= 1.001 && subject.Truth.LowLimitVolts >= -1.001);
        instrument.First().Apply(Conversation.Current(0.5 * Lowest(subject), min: -0.5));

        Assert.True(subject.Truth.IsOn);
        Assert.True(wasRight);
        Assert.Equal(1, subject.Truth.HighLimitVolts, 3);
    }

    // Whatever is read back in preparing and switching on: a lie about it is noticed.
    [Theory]
    [MemberData(nameof(Subjects))]
    public void ReadBacks_ThatLie_AreEachNoticed(string name)
    {
        var (from, to) = Armed(Catalogue.Make(name));
        Assert.True(to > from);
        for (var lied = from; lied < to; lied++)
        {
            var subject = Catalogue.Make(name);
            using var instrument = Conversation.Opened(subject);
            subject.Wire.Tamper = (number, reply) => number == lied ? Lie(reply) : reply;
            Assert.ThrowsAny<InstrumentException>(() =>
            {
                instrument.First().Prepare();
                instrument.First().Apply(Conversation.Current(0.5 * Lowest(subject)));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Range_EveryChangeWithTheOutputOn_NeverExceedsTheLargerOfTwoLevels(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        var channel = instrument.First();
        channel.Prepare();
        var ranges = subject.Capabilities.CurrentRanges;
        for (var i = 0; i < ranges.Length; i++)
        {
            for (var j = 0; j < ranges.Length; j++)
            {
                var (from, to) = (0.5 * ranges[i].MaxAmperes, -0.5 * ranges[j].MaxAmperes);
                channel.Apply(Conversation.Current(from));
                var most = Math.Max(Math.Abs(from), Math.Abs(to)) * 1.001;
                var wasBounded = true;
                subject.Wire.Heard = () => wasBounded &= !subject.Truth.IsOn || Math.Abs(subject.Truth.SetAmperes) <= most;
                channel.Apply(Conversation.Current(to));
                subject.Wire.Heard = null;

                Assert.True(wasBounded, $"{name}: {ranges[i].Name} to {ranges[j].Name}");
                Assert.Equal(to, subject.Truth.SetAmperes, Math.Abs(to) * 1e-3);
                Assert.True(subject.Truth.IsOn);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void OutputOff_FromEveryState_IsOff(string name)
    {
        var lowest = Lowest(Catalogue.Make(name));
        Action<IConformanceSubject, ISetpointChannel>[] states =
        [
            (_, _) => { },
            (_, channel) => channel.Prepare(),
            (_, channel) => channel.Apply(Conversation.Current(0.5 * lowest)),
            (subject, channel) => channel.Apply(Conversation.Current(-0.5 * subject.Capabilities.MaxAmperes)),
            (subject, channel) => Hold(subject, channel, lowest),
            (subject, channel) => Comply(subject, channel),
            (_, channel) => channel.Apply(new Setpoint(OutputMode.Rest, 0, 0, -1, 1, null)),
            (subject, channel) => Buffer(subject, channel, lowest),
            (subject, channel) => Refused(subject, channel),
            (_, channel) => channel.OutputOff(),
        ];
        foreach (var state in states)
        {
            var subject = Catalogue.Make(name);
            using var instrument = Conversation.Opened(subject);
            instrument.First().Prepare();
            state(subject, instrument.First());
            subject.Truth.Pass(1);
            instrument.First().OutputOff();

            Assert.False(subject.Truth.IsAnyOn, $"{name}: state {Array.IndexOf(states, state)}");
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void PowerOn_SinceTheLastQuestion_IsTold(string name)
    {
        var subject = Catalogue.Make(name);
        var first = Conversation.Opened(subject);
        var identity = first.Identity;
        using (var again = subject.Connect())
        {
            Assert.False(again.Initialize(identity));
        }

        subject.Truth.PowerCycle();
        using var instrument = subject.Connect();
        Assert.Equal(subject.TellsPowerOn, instrument.Initialize(identity));
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void ErrorQueue_Full_IsEmptiedToldAndHindersNobodyFromSwitchingOff(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        var channel = instrument.First();
        channel.Prepare();
        channel.Apply(Conversation.Current(0.5 * Lowest(subject)));
        subject.FillErrorQueue();
        instrument.KeepAlive();
        if (Record.Exception(() => Hold(subject, channel, Lowest(subject))) is { } told)
        {
            Assert.Contains("-1", Assert.IsType<InstrumentErrorException>(told).Message, StringComparison.Ordinal);
        }

        channel.OutputOff();
        Assert.False(subject.Truth.IsAnyOn);
        channel.Apply(Conversation.Current(0.5 * Lowest(subject)));
        Assert.True(subject.Truth.IsOn);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Watchdog_WhereThereIsOne_SwitchesOffInSilenceAndIsTold(string name)
    {
        var subject = Catalogue.Make(name);
        using var instrument = Conversation.Opened(subject);
        var channel = instrument.First();
        channel.Prepare();
        channel.Apply(Conversation.Current(0.5 * Lowest(subject)));
        subject.Truth.Pass(4000);

        Assert.Equal(subject.Capabilities.WatchdogTimeout is null, subject.Truth.IsOn);
        if (subject.Capabilities.WatchdogTimeout is { } timeout)
        {
            Assert.Contains("watchdog", channel.OwnTrip(), StringComparison.Ordinal);
            subject.Truth.PowerCycle();
            channel.OutputOff();
            channel.Prepare();
            channel.Apply(Conversation.Current(0.5 * Lowest(subject)));
            for (var i = 0; i < 10; i++)
            {
                subject.Truth.Pass(0.5 * timeout.TotalSeconds);
                instrument.KeepAlive();
            }

            Assert.True(subject.Truth.IsOn);
        }
    }

    private static double Lowest(IConformanceSubject subject) => subject.Capabilities.CurrentRanges[0].MaxAmperes;

    private static string Identification(IConformanceSubject subject)
    {
        _ = Conversation.Opened(subject);
        return subject.Wire.Messages[0];
    }

    // The exchanges that prepare and switch on.
    private static (int From, int To) Armed(IConformanceSubject subject)
    {
        using var instrument = Conversation.Opened(subject);
        var from = subject.Wire.Exchanges;
        instrument.First().Prepare();
        instrument.First().Apply(Conversation.Current(0.5 * Lowest(subject)));
        return (from, subject.Wire.Exchanges);
    }

    // Another digit in front; a word becomes another word.
    private static byte[] Lie(byte[] reply)
    {
        var digit = reply.AsSpan().IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0)
        {
            reply[0] = (byte)'X';
            return reply;
        }

        reply[digit] = (byte)('0' + ((reply[digit] - '0' + 1) % 10));
        return reply;
    }

    private static void AssertTrue((Reading Read, double Volts, double Amperes) one)
    {
        Assert.Equal(ReadingQuality.Valid, one.Read.Quality);
        Assert.Equal(one.Volts, one.Read.Volts, 1e-3 + (0.01 * Math.Abs(one.Volts)));
        Assert.Equal(one.Amperes, one.Read.Amperes, 1e-6 + (0.01 * Math.Abs(one.Amperes)));
    }

    private static void Hold(IConformanceSubject subject, ISetpointChannel channel, double lowest)
    {
        if (subject.Capabilities.HoldsVoltage)
        {
            channel.Apply(Conversation.Hold(0.02, lowest));
        }
    }

    // A limit of 1 mV is below what this current needs.
    private static void Comply(IConformanceSubject subject, ISetpointChannel channel) =>
        channel.Apply(Conversation.Current(0.9 * Math.Min(0.01, subject.Capabilities.MaxAmperes), min: -0.05, max: 0.05));

    private static void Buffer(IConformanceSubject subject, ISetpointChannel channel, double lowest)
    {
        channel.Apply(Conversation.Current(0.5 * lowest));
        if (subject.Capabilities.Buffered is { } buffered)
        {
            ((IBufferedChannel)channel).StartBuffer(buffered.Fastest.TotalSeconds);
        }
    }

    private static void Refused(IConformanceSubject subject, ISetpointChannel channel) =>
        Assert.Throws<InstrumentErrorException>(() => channel.Apply(Conversation.Current(2 * subject.Capabilities.MaxAmperes)));
}
