namespace CyclerControl.Core.Channels;

/// <summary>An instrument broke a promise. Carries who, and what was last said on the wire.</summary>
public class InstrumentException : Exception
{
    public InstrumentException()
    {
    }

    public InstrumentException(string message)
        : base(message)
    {
    }

    public InstrumentException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Name of the instrument in the station.</summary>
    public string? Instrument { get; init; }

    /// <summary>The channel, where one was meant.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>Last exchanges, oldest first.</summary>
    public IReadOnlyList<string> LastExchanges { get; init; } = [];
}

/// <summary>No connection could be made.</summary>
public sealed class InstrumentUnreachableException : InstrumentException
{
    public InstrumentUnreachableException()
    {
    }

    public InstrumentUnreachableException(string message)
        : base(message)
    {
    }

    public InstrumentUnreachableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Another device than expected answered; nothing was written to it.</summary>
public sealed class WrongInstrumentException : InstrumentException
{
    public WrongInstrumentException()
    {
    }

    public WrongInstrumentException(string message)
        : base(message)
    {
    }

    public WrongInstrumentException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>An exchange broke, timed out, or was answered by something that is no answer: the connection is poisoned.</summary>
public sealed class LinkFaultException : InstrumentException
{
    public LinkFaultException()
    {
    }

    public LinkFaultException(string message)
        : base(message)
    {
    }

    public LinkFaultException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The instrument understood and refused (error queue), or read back another value than was written. The connection is sound.</summary>
public sealed class InstrumentErrorException : InstrumentException
{
    public InstrumentErrorException()
    {
    }

    public InstrumentErrorException(string message)
        : base(message)
    {
    }

    public InstrumentErrorException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
