using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Transports;
using static CyclerControl.Core.Documents.DocumentKey;

namespace CyclerControl.Instruments.Profiles;

/// <summary>The closed key lists of a hardware profile; the reader and the JSON schema both come from here.</summary>
public static class ProfileKeys
{
    /// <summary>Words of <c>quirks</c>, in the order of <see cref="ProfileQuirk"/>.</summary>
    public static readonly ImmutableArray<string> QuirkWords = ["flat_headers", "sample_swaps_in_voltage_mode", "no_reading_when_off"];

    /// <summary>Words of <c>adapter</c>; those without a reader yet are refused with a reason.</summary>
    public static readonly ImmutableArray<string> AdapterWords = ["scpi", "simulated", "neware", "biologic", "land"];

    private static readonly ValueShape s_wire = new TextShape("\"*IDN?\"");

    internal static readonly KeyList Channels = new(
        "channels",
        Required("count", Shapes.Whole(1, 1024), "How many outputs the instrument has."),
        Optional("first", Shapes.Whole(0, 9999), "Number of the first one; 1 unless given."));

    internal static readonly KeyList VoltageRange = new(
        "ranges.voltage",
        Required("min", Shapes.Quantity(Dimension.Voltage), "Most negative voltage."),
        Required("max", Shapes.Quantity(Dimension.Voltage), "Most positive voltage."),
        Required("resolution", Shapes.Positive(Dimension.Voltage), "Smallest programmable step; a limit read back may differ by this much."));

    internal static readonly KeyList CurrentRange = new(
        "a current range",
        Required("name", new TextShape("1 mA"), "As the vendor names it."),
        Required("max", Shapes.Positive(Dimension.Current), "Largest current of either sign."),
        Required("resolution", Shapes.Positive(Dimension.Current), "Smallest programmable step; a current read back may differ by this much."));

    internal static readonly KeyList Ranges = new(
        "ranges",
        Required("voltage", Shapes.Keys(VoltageRange), "The voltage that the output can have."),
        Required("current", Shapes.List(Shapes.Keys(CurrentRange)), "From the lowest to the highest."));

    internal static readonly KeyList VoltageAccuracy = new(
        "accuracy.voltage",
        Required("gain", Shapes.Quantity(Dimension.Fraction), "Error in percent of the reading."),
        Required("offset", new QuantityShape([Dimension.Voltage], SignRule.NotNegative), "Error that does not depend on the reading."));

    internal static readonly KeyList CurrentAccuracy = new(
        "the accuracy of a current range",
        Required("range", new TextShape("1 mA"), "Name of the range."),
        Required("gain", Shapes.Quantity(Dimension.Fraction), "Error in percent of the reading."),
        Required("offset", new QuantityShape([Dimension.Current], SignRule.NotNegative), "Error that does not depend on the reading."));

    internal static readonly KeyList Accuracy = new(
        "accuracy",
        Required("voltage", Shapes.Keys(VoltageAccuracy), "Of voltage readings."),
        Required("current", Shapes.List(Shapes.Keys(CurrentAccuracy)), "Of current readings, one entry per range."));

    internal static readonly KeyList BufferedSampling = new(
        "sampling.buffered",
        Required("fastest", Shapes.Duration, "Shortest sample period when the instrument samples by itself."),
        Required("every", Shapes.Duration, "How often its buffer is fetched, 10 ms to 1 s: a short is seen this much later."));

    internal static readonly KeyList Sampling = new(
        "sampling",
        Required("fastest", Shapes.Duration, "Shortest sample period when it is asked reading by reading."),
        Optional("buffered", Shapes.Keys(BufferedSampling), "For sample periods shorter than fastest; needs queries.buffer."));

    internal static readonly KeyList Watchdog = new(
        "watchdog",
        Required("range", Shapes.List(Shapes.Duration), "Shortest and longest time that it can be armed for."),
        Optional("timeout", Shapes.Duration, "What we arm it for: 30 s, or the nearest that the range allows, unless given."));

    internal static readonly KeyList Timeouts = new(
        "link.timeouts",
        Optional("connect", Shapes.Duration, "For the connection to be made; 5 s unless given."),
        Optional("write", Shapes.Duration, "For the wire to take a message; 2 s unless given."),
        Optional("reply", Shapes.Duration, "From the message sent to the whole reply; 2 s unless given."),
        Optional("idle", Shapes.Duration, "Silence within a reply that has begun; 500 ms unless given."));

    internal static readonly KeyList Retry = new(
        "link.retry", Required("queries", Shapes.Whole(0, 3), "How often a question may be asked again; checked, not used yet."));

    internal static readonly KeyList Serial = new(
        "link.serial",
        Optional("baud", Shapes.Whole(SerialWords.SlowestBaud, SerialWords.FastestBaud), "Speed; 9600 unless given."),
        Optional("parity", new ChoiceShape(SerialWords.Parities), "The check bit; none unless given."),
        Optional("data_bits", Shapes.Whole(5, 8), "Bits of a character; 8 unless given."),
        Optional("stop_bits", Shapes.Whole(1, 2), "What ends a character; 1 unless given."),
        Optional("handshake", new ChoiceShape(SerialWords.Handshakes), "How the sides hold one another up; none unless given."),
        Optional("settle", Shapes.DurationOrZero, "Silence after opening before anything is sent, at most 2 s; 100 ms unless given."));

    internal static readonly KeyList Link = new(
        "link",
        Optional("terminator", new TextShape("\"\\n\"", "^[\\r\\n]{1,2}$"), "Ends each message both ways: \"\\n\" unless given, \"\\r\" or \"\\r\\n\"."),
        Optional("timeouts", Shapes.Keys(Timeouts), "When to give up."),
        Optional("retry", Shapes.Keys(Retry), "What may be asked again."),
        Optional("gap", Shapes.DurationOrZero, "Shortest time between a reply and the next message, at most 1 s; none unless given."),
        Optional("serial", Shapes.Keys(Serial), "How a serial line is set where the connection string says nothing else."));

    internal static readonly KeyList TextQuery = new(
        "a question with an expected answer",
        Required("send", s_wire, "The question."),
        Required("expect", new TextShape("\"0,*\""), "Its answer; * stands for anything."));

    internal static readonly KeyList Trip = new(
        "queries.trip",
        Required("send", s_wire, "The question."),
        Required("expect", new TextShape("\"0\""), "The answer that means no; * stands for anything."),
        Optional("watchdog", new TextShape("\"1\""), "The answer that means that the watchdog fired."));

    internal static readonly KeyList Confirm = new(
        "confirm",
        Required("send", s_wire, "The question that reads back what was written."),
        Optional("expect", new TextShape("\"1\""), "The answer that confirms; * stands for anything."),
        Optional("reply", new TextShape("\"{current:A}\""), "A number that must be the one written."));

    internal static readonly KeyList Exchange = new(
        "an exchange",
        Required("send", new TextShape("\"OUTP ON\""), "The message, with placeholders."),
        Optional("confirm", Shapes.Keys(Confirm), "Reads it back; left out, the error queue is read in the same message."));

    internal static readonly ValueShape ExchangesShape = Shapes.AnyOf(Shapes.Keys(Exchange), Shapes.List(Shapes.Keys(Exchange)));

    internal static readonly KeyList Sample = new(
        "queries.sample",
        Required("send", s_wire, "The question for one channel."),
        Required("reply", new TextShape("\"{voltage:V},{current:A}\""), "Its answer."));

    internal static readonly KeyList SampleAll = new(
        "queries.sample_all",
        Required("send", s_wire, "The question for {channels}."),
        Required("reply", new TextShape("\"{voltage:V},{current:A}\""), "One channel's part of the answer."),
        Required("separator", new TextShape("\";\""), "What stands between the parts."));

    internal static readonly KeyList Buffer = new(
        "queries.buffer",
        Required("start", ExchangesShape, "Clears the buffer and starts it; one message carries the sample period as {time:s:...}."),
        Required("stop", ExchangesShape, "Ends the sampling."),
        Required("send", s_wire, "Fetches: what is new and is thereby removed, or the places {first} to {last}."),
        Required("block", Shapes.Choice("ascii", "float32", "float64"), "How the readings are coded."),
        Optional("byte_order", Shapes.Choice("big", "little"), "Of float32 and float64; big unless given."),
        Required("values", Shapes.List(Shapes.Choice("time", "voltage", "current")), "What one reading is made of, in order, in s, V and A; without time, the sample period makes it."),
        Required("size", Shapes.Whole(2, 1_000_000), "Readings that the buffer holds; at most 1 MiB in one fetch."),
        Optional("end", s_wire, "Asks for the place of the newest reading, 1 to size, 0 for none; needed with {first} and {last}."),
        Optional("overflow", Shapes.Keys(TextQuery), "Whether readings were lost; the expected answer means no."),
        Optional("stops_for_setpoint", Shapes.Boolean, "True: it is stopped before a new set-point and started again behind it."));

    internal static readonly KeyList PowerOn = new(
        "queries.power_on",
        Required("send", s_wire, "Reads a status register."),
        Required("bit", Shapes.Whole(0, 15), "Set when the instrument was powered on since the last question."));

    internal static readonly KeyList Commands = new(
        "commands", [.. ScpiCommandKind.All.Select(kind => Optional(kind.Key, ExchangesShape, kind.About))]);

    internal static readonly KeyList Queries = new(
        "queries",
        Required("sample", Shapes.Keys(Sample), "Voltage and current of one channel."),
        Optional("sample_all", Shapes.Keys(SampleAll), "The same for several channels in one exchange."),
        Optional("buffer", Shapes.Keys(Buffer), "The instrument's own buffer."),
        Optional("trip", Shapes.Keys(Trip), "Whether the channel has switched itself off; the expected answer means no."),
        Optional("power_on", Shapes.Keys(PowerOn), "Whether the instrument was powered on since the last question."));

    internal static readonly KeyList Schedule = new(
        "schedule",
        Required("poll", Shapes.Duration, "How often its record is fetched, 100 ms to 60 s: what is seen, is seen this late."));

    internal static readonly KeyList Neware = new(
        "neware",
        Optional("step_file", Shapes.Whole(17, 18), "Version of the step files: 17, or 18 unless given."));

    internal static readonly KeyList BioLogic = new(
        "biologic",
        Required("family", Shapes.Choice("vmp3", "sp300"), "Which firmware and technique files it takes."),
        Optional("bandwidth", Shapes.Whole(1, 9), "Of the potentiostat, 1 the slowest; 8 and 9 with sp300 only; 5 unless given."),
        Optional(
            "techniques",
            Shapes.Whole(BioLogicSettings.FewestTechniques, BioLogicSettings.MostTechniques),
            "Linked techniques that a channel's memory holds, 2000 unless given; the levels of a longer ramp are written while it runs."));

    internal static readonly KeyList Land = new(
        "land",
        Required("volts_per_count", new QuantityShape([Dimension.Voltage], SignRule.Positive), "What one count of voltage in a .cex file means."),
        Required("amperes_per_count", new QuantityShape([Dimension.Current], SignRule.Positive), "What one count of current in a .cex file means; depends on the range of the channel."),
        Optional("signed_volts", Shapes.Boolean, "Whether the voltage in a .cex file has a sign. Left out, a file in which it matters is refused: look at a cell below 0 V first."),
        Optional("silent_after", Shapes.Duration, "A file that has not grown for so long is told, 1 s to 1 d; 10 min unless given."));

    internal static readonly KeyList Transcript = new(
        "a line of the transcript",
        Required("send", s_wire, "What we send."),
        Optional("reply", new TextShape("\"1\""), "What the instrument answers; left out, nothing."));

    /// <summary>The keys that every profile has.</summary>
    internal static readonly ImmutableArray<DocumentKey> Head =
    [
        Required("profile", new TextShape("my-instrument", "^[a-z0-9][a-z0-9.-]{0,79}$"), "Name, the same as the file's."),
        Required("about", new TextShape("Maker and model, what it is"), "One line for people."),
        Required("adapter", new ChoiceShape(AdapterWords), "Who speaks for it."),
        Required("channels", Shapes.Keys(Channels), "Its outputs."),
        Required("ranges", Shapes.Keys(Ranges), "What an output can do."),
        Required("accuracy", Shapes.Keys(Accuracy), "What its readings are worth."),
        Required("sampling", Shapes.Keys(Sampling), "How fast it can be read."),
        Required("abort_latency", Shapes.Duration, "From the decision to the output off, as measured or stated by the vendor."),
        Optional("watchdog", Shapes.Keys(Watchdog), "Switches the output off when nobody talks to it; left out, it has none."),
        Required("rest", Shapes.Choice("open", "zero_current"), "What a rest is: output off, or 0 A on the lowest range."),
        Optional("abort_connection", Shapes.Boolean, "True only where the instrument takes a second connection; over it a Stop sends safe_state while the first is busy, and nothing else."),
        Optional("schedule", Shapes.Keys(Schedule), "How an instrument is followed that runs an uploaded schedule by itself."),
        Optional("neware", Shapes.Keys(Neware), "Of a neware profile."),
        Optional("biologic", Shapes.Keys(BioLogic), "Of a biologic profile."),
        Optional("land", Shapes.Keys(Land), "Of a land profile, whose channels are watched only."),
        Optional("quirks", Shapes.List(new ChoiceShape(QuirkWords)), "What cannot be said as data; see docs/hardware-profiles.md."),
        Optional("link", Shapes.Keys(Link), "How to talk over the wire."),
    ];

    /// <summary>The language of a <c>scpi</c> profile.</summary>
    internal static readonly ImmutableArray<DocumentKey> Scpi =
    [
        Optional("identify", Shapes.Keys(TextQuery), "Asks who is there."),
        Optional("error_queue", Shapes.Keys(TextQuery), "Reads one error; the expected answer means none."),
        Optional("setup", Shapes.List(Shapes.AnyOf(Shapes.Text, Shapes.Keys(Exchange))), "Sent once after connecting, in the safe state."),
        Optional("safe_state", ExchangesShape, "Switches off, ahead of everything else; confirmed."),
        Optional("safe_state_all", ExchangesShape, "The same for all channels at once."),
        Optional("commands", Shapes.Keys(Commands), "What it can be told."),
        Optional("queries", Shapes.Keys(Queries), "What it can be asked."),
        Optional("invalid", Shapes.List(new TextShape("\"9.91E37\"")), "Readings that are no numbers."),
        Optional("sign", Shapes.Choice("charge_positive", "charge_negative"), "Sign of a charging current on the wire; positive unless given."),
        Optional("transcript", Shapes.List(Shapes.Keys(Transcript)), "A conversation with the instrument: documentation and conformance test."),
    ];

    /// <summary>The whole file.</summary>
    public static readonly KeyList Profile = new("a hardware profile", [.. Head, .. Scpi]);
}
