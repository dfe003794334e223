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

    /// <summary>A Keithley 2460, as far as a cycler needs it.</summary>
    public static readonly WireProfile Keithley2460 = new("keithley-2460", CyclerModel.HighCurrentUnit, 1, "04410001", static cycler => new KeithleyLanguage(cycler, "2460"));

    /// <summary>A Keithley 2461, as far as a cycler needs it.</summary>
    public static readonly WireProfile Keithley2461 = new("keithley-2461", CyclerModel.HighCurrentUnit, 1, "04420001", static cycler => new KeithleyLanguage(cycler, "2461"));

    /// <summary>A Keysight B2901, as far as a cycler needs it.</summary>
    public static readonly WireProfile KeysightB2900 = new(
        "keysight-b2900", CyclerModel.SourceMeasureUnit, 1, "MY51140120", static cycler => new SupplyLanguage(cycler, SupplyVocabulary.KeysightB2900));

    /// <summary>A Kepco BOP of the 1 kW series, as far as a cycler needs it.</summary>
    public static readonly WireProfile KepcoBop = new(
        "kepco-bop", Supply(50, 20), 1, "E145872", static cycler => new SupplyLanguage(cycler, SupplyVocabulary.KepcoBop));

    /// <summary>An ITECH IT-M3400 bidirectional supply, as far as a cycler needs it.</summary>
    public static readonly WireProfile ItechM3400 = new(
        "itech-it-m3400",
        Supply(30, 60),
        1,
        "800999010777110001",
        static cycler => new SupplyLanguage(cycler, SupplyVocabulary.ItechM3400));

    /// <summary>A gateway in front of eight channels of the LAND class: 5 V, 10 mA.</summary>
    public static readonly WireProfile LandStyle = new(
        "land-style-8ch",
        CyclerModel.EightChannel with { CurrentRangesAmperes = [100e-6, 1e-3, 10e-3] },
        8,
        "GW0001",
        static cycler => new CyclerLanguage(cycler, "GATEWAY,LAND-STYLE-8"));

    private readonly Func<SimulatedCycler, IScpiLanguage> _make;

    private WireProfile(string name, CyclerModel model, int maxChannels, string serialNumber, Func<SimulatedCycler, IScpiLanguage> make)
    {
        Name = name;
        Model = model;
        MaxChannels = maxChannels;
        SerialNumber = serialNumber;
        _make = make;
    }

    public static IReadOnlyList<WireProfile> All { get; } =
        [Cycler, Keithley2450, Keithley2400, Keithley2460, Keithley2461, KeysightB2900, KepcoBop, ItechM3400, LandStyle];

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

    // With a quiet current reading, or a coin cell on a range of amperes would show noise only.
    private static CyclerModel Supply(double amperes, double volts) =>
        new([amperes], volts, 0.0025, new NoiseParameters { CurrentFractionOfRange = 1e-9, CurrentQuantumFractionOfRange = 1e-9 });

    internal IScpiLanguage MakeLanguage(SimulatedCycler cycler) => _make(cycler);
}
