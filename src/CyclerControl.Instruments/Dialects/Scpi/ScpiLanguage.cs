using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>How an exchange proves that it took effect.</summary>
/// <param name="Send">The question.</param>
/// <param name="Expect">What its answer must be; null where <paramref name="Reply"/> is given.</param>
/// <param name="Reply">A number, which must be the one that was written; null where <paramref name="Expect"/> is given.</param>
public sealed record ScpiConfirmation(MessageTemplate Send, WildcardPattern? Expect, ReplyPattern? Reply)
{
    public ScpiConfirmation ForChannel(int channel) => this with { Send = Send.ForChannel(channel) };
}

/// <summary>One message to the instrument, with its read-back; without one the error queue is read in the same message.</summary>
public sealed record ScpiExchange(MessageTemplate Send, ScpiConfirmation? Confirm)
{
    public ScpiExchange ForChannel(int channel) => new(Send.ForChannel(channel), Confirm?.ForChannel(channel));
}

/// <summary>One command of the profile: exchanges sent in order.</summary>
public sealed record ScpiCommand(ImmutableArray<ScpiExchange> Exchanges)
{
    public bool NamesChannel => Exchanges.Any(exchange => exchange.Send.NamesChannel);

    public ScpiCommand ForChannel(int channel) => new([.. Exchanges.Select(exchange => exchange.ForChannel(channel))]);
}

/// <summary>A question whose answer carries numbers.</summary>
public sealed record ScpiQuery(MessageTemplate Send, ReplyPattern Reply);

/// <summary>A question whose answer is a text.</summary>
public sealed record ScpiTextQuery(MessageTemplate Send, WildcardPattern Expect)
{
    /// <summary>Of <c>trip</c>: the answer that means that the watchdog fired; null where it cannot be told apart.</summary>
    public WildcardPattern? Watchdog { get; init; }
}

/// <summary>A question that reads several channels: one channel's part, repeated.</summary>
public sealed record ScpiListQuery(MessageTemplate Send, ReplyPattern Part, byte[] Separator);

/// <summary>Asks a status register; the bit is set when the instrument was powered on since the last question.</summary>
public sealed record ScpiBitQuery(MessageTemplate Send, int Bit);

/// <summary>The language of an instrument, as its profile gives it: data, without loops, conditions or expressions.</summary>
public sealed record ScpiLanguage
{
    public required ScpiTextQuery Identify { get; init; }

    /// <summary>Null where every exchange has a read-back of its own.</summary>
    public ScpiTextQuery? ErrorQueue { get; init; }

    public ImmutableArray<ScpiExchange> Setup { get; init; } = [];

    /// <summary>Brings one channel (or, without <c>{channel}</c>, the instrument) into the safe state; the last exchange confirms it.</summary>
    public required ScpiCommand SafeState { get; init; }

    /// <summary>The same for all channels at once; null: one by one.</summary>
    public ScpiCommand? SafeStateAll { get; init; }

    /// <summary>Indexed by <see cref="ScpiCommandName"/>; null where the instrument has none.</summary>
    public required ImmutableArray<ScpiCommand?> Commands { get; init; }

    public required ScpiQuery Sample { get; init; }

    public ScpiListQuery? SampleAll { get; init; }

    public ScpiBufferQuery? Buffer { get; init; }

    /// <summary>Asks whether the channel has switched off by itself; the expected answer means that it has not.</summary>
    public ScpiTextQuery? Trip { get; init; }

    public ScpiBitQuery? PowerOn { get; init; }

    public required InvalidReadings Invalid { get; init; }

    /// <summary>The instrument counts charging current as negative.</summary>
    public bool ChargeIsNegative { get; init; }

    /// <summary>Headers of one message do not build on each other (quirk <c>flat_headers</c>).</summary>
    public bool FlatHeaders { get; init; }

    /// <summary>As a voltage source the two numbers of a sample change places (quirk <c>sample_swaps_in_voltage_mode</c>).</summary>
    public bool SampleSwapsInVoltageMode { get; init; }

    /// <summary>With its output off it measures nothing, and refuses to be asked (quirk <c>no_reading_when_off</c>).</summary>
    public bool NoReadingWhenOff { get; init; }

    public ScpiCommand? Command(ScpiCommandName name) => Commands[(int)name];
}
