using CyclerControl.Core.Channels;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Shorts;
using CyclerControl.Simulation.Wire;
using CyclerControl.Simulation.Wire.Faults;
using CyclerControl.Simulation.Wire.Serial;

namespace CyclerControl.Simulation;

/// <summary>What a simulated instrument is made of.</summary>
public sealed record SimulatedCyclerOptions
{
    public required IClock Clock { get; init; }

    /// <summary>Names of the cells, channel 1 first; see <see cref="Cells.NamedCells"/>.</summary>
    public IReadOnlyList<string> Cells { get; init; } = DemoCells.Names;

    /// <summary>Channel n uses seed + n - 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>File that the instrument writes its truth to; null for none.</summary>
    public string? TruthPath { get; init; }

    /// <summary>False switches the short process of every cell off.</summary>
    public bool Shorts { get; init; } = true;

    /// <summary>Hard shorts on a schedule; null for none.</summary>
    public ShortInjection? Injection { get; init; }

    public WireProfile Profile { get; init; } = WireProfile.Cycler;

    /// <summary>Null: that of the profile.</summary>
    public NoiseParameters? Noise { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The serial line that it is on instead of a port; null for none.</summary>
    public SerialLineOptions? Line { get; init; }

    /// <summary>What it does wrong on its wire; null for nothing.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Null: that of the profile.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>Processor for the server's client threads; null leaves them free. For virtual clocks.</summary>
    public int? Cpu { get; init; }
}
