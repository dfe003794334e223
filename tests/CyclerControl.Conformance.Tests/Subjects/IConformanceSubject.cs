using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>
/// An adapter with its simulated instrument behind it: what the suite needs to know of either. A new kind of adapter joins by implementing
/// this and naming itself in <see cref="Catalogue"/>.
/// </summary>
internal interface IConformanceSubject
{
    string Name { get; }

    ChannelCapabilities Capabilities { get; }

    /// <summary>What is between the two, and what can go wrong there.</summary>
    MemoryWire Wire { get; }

    /// <summary>What the instrument itself knows.</summary>
    IInstrumentTruth Truth { get; }

    /// <summary>True where it says that it was powered on.</summary>
    bool TellsPowerOn { get; }

    /// <summary>A new connection over a sound wire; nothing has been said yet.</summary>
    IInstrument Connect();

    /// <summary>Another unit of the same kind hangs on the wire from now on.</summary>
    void Exchange();

    /// <summary>Errors that nobody has asked for stand in its queue, more than it can hold.</summary>
    void FillErrorQueue();
}

/// <summary>The instrument as it is, whatever its replies say. Of its first channel.</summary>
internal interface IInstrumentTruth
{
    bool IsAnyOn { get; }

    bool IsOn { get; }

    double Volts { get; }

    double Amperes { get; }

    /// <summary>The current that it was told last, A.</summary>
    double SetAmperes { get; }

    double LowLimitVolts { get; }

    double HighLimitVolts { get; }

    void Pass(double seconds);

    void PowerCycle();
}
