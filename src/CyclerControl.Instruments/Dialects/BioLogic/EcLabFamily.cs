using System.Collections.Frozen;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>The two families of instruments: other firmware, other technique files, other rows.</summary>
public enum EcLabFamily : byte
{
    /// <summary>VMP3, VSP, SP-50, SP-150, MPG-2xx and their E versions.</summary>
    Vmp3,

    /// <summary>SP-100, SP-200, SP-240, SP-300, VSP-300, VMP-300, BP-300.</summary>
    Sp300,
}

/// <summary>What differs between the families. Source: vendor binding and public drivers, docs/biologic.md.</summary>
internal static class EcLabFamilies
{
    /// <summary>A board of the newest generation takes a third set of technique files.</summary>
    public const uint DigicoreBoard = 3;

    /// <summary>Code that <c>BL_GetChannelInfos</c> gives for the firmware that runs techniques.</summary>
    public const int KernelFirmware = 5;

    private static readonly FrozenDictionary<int, (string Model, EcLabFamily Family)> s_devices = new Dictionary<int, (string, EcLabFamily)>
    {
        [1] = ("VMP2", EcLabFamily.Vmp3),
        [5] = ("VMP3", EcLabFamily.Vmp3),
        [6] = ("VSP", EcLabFamily.Vmp3),
        [12] = ("VMP-300", EcLabFamily.Sp300),
        [13] = ("SP-50", EcLabFamily.Vmp3),
        [14] = ("SP-150", EcLabFamily.Vmp3),
        [16] = ("SP-300", EcLabFamily.Sp300),
        [20] = ("VSP-300", EcLabFamily.Sp300),
        [21] = ("SP-200", EcLabFamily.Sp300),
        [22] = ("MPG2", EcLabFamily.Vmp3),
        [27] = ("SP-240", EcLabFamily.Sp300),
        [28] = ("MPG-205", EcLabFamily.Vmp3),
        [29] = ("MPG-210", EcLabFamily.Vmp3),
        [30] = ("MPG-220", EcLabFamily.Vmp3),
        [31] = ("MPG-240", EcLabFamily.Vmp3),
        [32] = ("BP-300", EcLabFamily.Sp300),
        [33] = ("VMP-3e", EcLabFamily.Vmp3),
        [34] = ("VSP-3e", EcLabFamily.Vmp3),
        [35] = ("SP-50e", EcLabFamily.Vmp3),
        [36] = ("SP-150e", EcLabFamily.Vmp3),
    }.ToFrozenDictionary();

    /// <summary>Null for a code that is not in the list: nothing is written to such a device.</summary>
    public static (string Model, EcLabFamily Family)? Device(int code) => s_devices.TryGetValue(code, out var device) ? device : null;

    /// <summary>Firmware of the channel's processor and of its gate array.</summary>
    public static (string Kernel, string Xilinx) Firmware(EcLabFamily family) =>
        family == EcLabFamily.Sp300 ? ("kernel4.bin", "vmp_iv_0395_aa.xlx") : ("kernel.bin", "Vmp_ii_0437_a6.xlx");

    /// <summary><c>cp.ecc</c>, <c>cp4.ecc</c> or <c>cp5.ecc</c>.</summary>
    public static string TechniqueFile(string technique, EcLabFamily family, uint board) => family == EcLabFamily.Vmp3
        ? technique + ".ecc"
        : technique + (board == DigicoreBoard ? "5.ecc" : "4.ecc");
}
