using CyclerControl.Core.Channels;

namespace CyclerControl.Conformance.Tests.Subjects;

/// <summary>
/// An adapter of an instrument that runs schedules by itself, with its simulated instrument behind it: what the suite needs to know of either. A
/// new kind of adapter joins by implementing this and naming itself in <see cref="Catalogue"/>.
/// </summary>
internal interface IScheduledSubject : IDisposable
{
    string Name { get; }

    ChannelCapabilities Capabilities { get; }

    IScheduleCompiler Compiler { get; }

    /// <summary>What the instrument itself knows.</summary>
    IScheduleTruth Truth { get; }

    /// <summary>The bytes between the two; null where functions are called instead.</summary>
    MemoryWire? Wire { get; }

    /// <summary>Questions so far, on every connection.</summary>
    int Exchanges { get; }

    /// <summary>All ways in which one exchange can go wrong.</summary>
    IReadOnlyList<string> Troubles { get; }

    /// <summary>What goes wrong cannot be told from a sound answer; or only the next exchange shows it.</summary>
    bool MayPassUnnoticed(string trouble);

    /// <summary>One exchange of the next connection goes wrong.</summary>
    /// <param name="exchange">Counted from 0, as <see cref="Exchanges"/>.</param>
    void Spoil(int exchange, string trouble);

    /// <summary>Answers from now on are mutations of what is true.</summary>
    void Fuzz(Random random);

    /// <summary>A new connection of our program; nothing has been said yet.</summary>
    IInstrument Connect();

    /// <summary>A connection of another program, over a sound wire.</summary>
    IInstrument ConnectAnother();

    /// <summary>Our program dies: what it kept from connection to connection is gone.</summary>
    void Die();

    /// <summary>Ways in which another device comes to be at the other end, by name; nothing must be written to it.</summary>
    IReadOnlyList<(string Name, Action Exchange)> Strangers { get; }

    /// <summary>States that the channel can say it is in, by name, and whether a schedule may be started then.</summary>
    IReadOnlyList<(string Name, bool MayStart, Action Arrange)> Conditions { get; }
}

/// <summary>What ran when a row was recorded.</summary>
internal enum RowVerb
{
    Rest,
    Plate,
    Strip,
}

/// <summary>One row of the instrument's record, as it was made.</summary>
/// <param name="Seconds">Since the schedule began.</param>
/// <param name="PartSeconds">Since the instrument's own step began.</param>
internal readonly record struct TrueRow(RowVerb Verb, double Seconds, double PartSeconds, double Volts, double Amperes);

/// <summary>The instrument as it is, whatever its answers say. Of its first channel.</summary>
internal interface IScheduleTruth
{
    /// <summary>A schedule runs, whoever's it is.</summary>
    bool IsRunning { get; }

    double Amperes { get; }

    /// <summary>Every command that changes something, as it arrived.</summary>
    IReadOnlyList<string> Commands { get; }

    /// <summary>How often a schedule began to run.</summary>
    int Starts { get; }

    /// <summary>Rows of the present or last schedule.</summary>
    IReadOnlyList<TrueRow> Rows { get; }

    /// <summary>Rows that left the instrument and were lost on the way, by their place in <see cref="Rows"/>.</summary>
    IReadOnlySet<int> LostOnTheWay { get; }

    /// <summary>The voltages between which each loaded step may be, V, of those that regulate a current.</summary>
    IReadOnlyList<(RowVerb Verb, double Low, double High)> Bounds { get; }

    void Pass(double seconds);

    /// <summary>Somebody presses Stop at the instrument, or in its own software.</summary>
    void StopByHand();

    /// <summary>Somebody pauses it there.</summary>
    void PauseByHand();

    /// <summary>Its supply fails and comes back.</summary>
    void PowerCycle();

    /// <summary>It comes back as it is, but its record is gone.</summary>
    void LoseRecord();
}
