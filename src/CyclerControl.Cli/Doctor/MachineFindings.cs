using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;

namespace CyclerControl.Cli.Doctor;

/// <summary>What `cycler doctor` found out.</summary>
internal sealed record MachineFindings
{
    /// <summary>Time that each beat was kept, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Beat kept, s, and how late its wakes were.</summary>
    public required IReadOnlyList<(double PeriodSeconds, LatenessFigures Lateness)> Beats { get; init; }

    /// <summary>Asked for on a thread of its own, and given back.</summary>
    public required RealTimeResult RealTime { get; init; }

    /// <summary>Where runs are kept.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Median time of one page written and made durable, s.</summary>
    public required double SyncP50Seconds { get; init; }

    public required double SyncP99Seconds { get; init; }

    public required long FreeBytes { get; init; }

    /// <summary>Kind of the file system of the data folder, as the system names it.</summary>
    public required string FileSystem { get; init; }

    /// <summary>Sleep and updates.</summary>
    public required IReadOnlyList<MachineSetting> Settings { get; init; }

    /// <summary>Of the station that was named; null when none was.</summary>
    public IReadOnlyList<InstrumentFindings>? Instruments { get; init; }

    /// <summary>What the kernel counts time with; null where it does not say.</summary>
    public required string? ClockSource { get; init; }

    public required int Processors { get; init; }

    /// <summary>What should be changed; empty: fit for duty.</summary>
    public required IReadOnlyList<string> Advice { get; init; }
}
