using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.BioLogic;
using CyclerControl.Instruments.Dialects.Land;
using CyclerControl.Instruments.Dialects.Neware;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Who speaks for an instrument.</summary>
public enum ProfileAdapter : byte
{
    /// <summary>The SCPI dialect, with the profile's own language.</summary>
    Scpi,

    /// <summary>Cells simulated in this process, without a wire.</summary>
    Simulated,

    /// <summary>Linked techniques over the vendor's library; see docs/biologic.md.</summary>
    BioLogic,

    /// <summary>Step files of a BTS program; see docs/neware.md.</summary>
    Neware,

    /// <summary>Files of the LAND software, which are watched; see docs/land.md.</summary>
    Land,
}

/// <summary>What cannot be said as data: a closed list, each with a paragraph in docs/hardware-profiles.md and a test.</summary>
public enum ProfileQuirk : byte
{
    /// <summary><c>flat_headers</c></summary>
    FlatHeaders,

    /// <summary><c>sample_swaps_in_voltage_mode</c></summary>
    SampleSwapsInVoltageMode,

    /// <summary><c>no_reading_when_off</c></summary>
    NoReadingWhenOff,
}

/// <summary>The instrument's own watchdog.</summary>
/// <param name="Shortest">Shortest time that it can be armed for.</param>
/// <param name="Longest">Longest such time.</param>
/// <param name="Timeout">The time that we arm it for.</param>
public sealed record WatchdogSettings(TimeSpan Shortest, TimeSpan Longest, TimeSpan Timeout);

/// <summary>One exchange of a transcript.</summary>
/// <param name="Send">What we send, without the terminator.</param>
/// <param name="Reply">What the instrument answers; null where it says nothing.</param>
public sealed record TranscriptLine(string Send, string? Reply);

/// <summary>A <em>type</em> of instrument, as data: what a file in hardware-profiles/ says. Immutable.</summary>
public sealed record HardwareProfile
{
    public required string Name { get; init; }

    /// <summary>The file, whole: it goes into every run file.</summary>
    public string Text { get; init; } = "";

    public required string About { get; init; }

    public required ProfileAdapter Adapter { get; init; }

    /// <summary>1 to 1024.</summary>
    public required int ChannelCount { get; init; }

    /// <summary>Number of the first channel on the instrument.</summary>
    public required int FirstChannel { get; init; }

    /// <summary>What each channel can do.</summary>
    public required ChannelCapabilities Capabilities { get; init; }

    /// <summary>Smallest programmable step of a voltage, V.</summary>
    public required double VoltageResolutionVolts { get; init; }

    /// <summary>Gain error of a voltage reading, fraction.</summary>
    public required double VoltageGainFraction { get; init; }

    public WatchdogSettings? Watchdog { get; init; }

    public required LinkSettings Link { get; init; }

    public ImmutableArray<ProfileQuirk> Quirks { get; init; } = [];

    /// <summary>Of an <see cref="ProfileAdapter.Scpi"/> profile; else null.</summary>
    public ScpiLanguage? Language { get; init; }

    /// <summary>Of a <see cref="ProfileAdapter.BioLogic"/> profile; else null.</summary>
    public BioLogicSettings? BioLogic { get; init; }

    /// <summary>Of a <see cref="ProfileAdapter.Neware"/> profile; else null.</summary>
    public BtsSettings? Neware { get; init; }

    /// <summary>Of a <see cref="ProfileAdapter.Land"/> profile; else null.</summary>
    public LandSettings? Land { get; init; }

    public ImmutableArray<TranscriptLine> Transcript { get; init; } = [];

    /// <summary>Channel numbers, ascending.</summary>
    public IReadOnlyList<int> ChannelNumbers => [.. Enumerable.Range(FirstChannel, ChannelCount)];
}
