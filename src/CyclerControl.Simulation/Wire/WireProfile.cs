using System.Diagnostics.CodeAnalysis;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>A kind of instrument that the server can stand in for.</summary>
public sealed class WireProfile
{
    /// <summary>The simulated 8-channel cycler's own language.</summary>
    public static readonly WireProfile Cycler = new(
        "scpi-cycler-8ch", CyclerModel.EightChannel, 8, "SIM0001", static cycler => new CyclerLanguage(cycler));

    /// <summary>A Keithley 2450 source-measure unit, as far as a cycler needs it.</summary>
    public static readonly WireProfile Keithley2450 = new(
        "keithley-2450", CyclerModel.SourceMeasureUnit, 1, "04096331", static cycler => new KeithleyLanguage(cycler));

    /// <summary>A Keithley 2400 source-measure unit, as far as a cycler needs it.</summary>
    public static readonly WireProfile Keithley2400 = new(
        "keithley-2400",
        CyclerModel.SourceMeasureUnit with { CurrentRangesAmperes = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1] },
        1,
        "1234567",
        static cycler => new Keithley2400Language(cycler));

    private readonly Func<SimulatedCycler, IScpiLanguage> _make;

    private WireProfile(string name, CyclerModel model, int maxChannels, string serialNumber, Func<SimulatedCycler, IScpiLanguage> make)
    {
        Name = name;
        Model = model;
        MaxChannels = maxChannels;
        SerialNumber = serialNumber;
        _make = make;
    }

    public static IReadOnlyList<WireProfile> All { get; } = [Cycler, Keithley2450, Keithley2400];

    /// <summary>Name of the hardware profile that drives it.</summary>
    public string Name { get; }

    public CyclerModel Model { get; }

    public int MaxChannels { get; }

    public string SerialNumber { get; }

    public static bool TryFind(string name, [NotNullWhen(true)] out WireProfile? profile)
    {
        profile = All.FirstOrDefault(candidate => candidate.Name == name);
        return profile is not null;
    }

    internal IScpiLanguage MakeLanguage(SimulatedCycler cycler) => _make(cycler);
}
