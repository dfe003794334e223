using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>TDeviceInfos: what <c>BL_Connect</c> tells. 44 bytes.</summary>
/// <remarks>Source of all layouts here: the vendor's public Python binding, which packs to 4 bytes; see docs/biologic.md.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct DeviceInfos
{
    public int DeviceCode;
    public int RamSize;
    public int Cpu;
    public int NumberOfChannels;
    public int NumberOfSlots;
    public int FirmwareVersion;
    public int FirmwareYear;
    public int FirmwareMonth;
    public int FirmwareDay;
    public int HtDisplayOn;
    public int ConnectedComputers;
}

/// <summary>TChannelInfos: board, firmware, memory and state of one channel. 76 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct ChannelInfos
{
    public int Channel;
    public int BoardVersion;
    public int BoardSerialNumber;
    public int FirmwareCode;
    public int FirmwareVersion;
    public int XilinxVersion;
    public int AmplifierCode;
    public int NumberOfAmplifiers;
    public int LcBoard;
    public int ZBoard;
    public int MuxBoard;
    public int GpraBoard;
    public int MemorySize;
    public int MemoryFilled;
    public int State;
    public int MaxCurrentRange;
    public int MinCurrentRange;
    public int MaxBandwidth;
    public int NumberOfTechniques;
}

/// <summary>TCurrentValues: one reading, which takes nothing out of the channel's memory. 76 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct CurrentValues
{
    public int State;
    public int MemoryFilled;

    /// <summary>Length of one tick of the channel's clock, s.</summary>
    public float TimeBase;

    /// <summary>Working electrode against reference, V.</summary>
    public float Ewe;
    public float EweRangeMin;
    public float EweRangeMax;
    public float Ece;
    public float EceRangeMin;
    public float EceRangeMax;
    public int EwOverflow;

    /// <summary>A.</summary>
    public float Current;
    public int CurrentRange;
    public int CurrentOverflow;

    /// <summary>s.</summary>
    public float ElapsedTime;
    public float Frequency;
    public float Rcomp;
    public int Saturation;
    public int OptionError;
    public int OptionPosition;
}

/// <summary>TDataInfos: what a block of data is. Packed to 4 bytes, 40 in all: with natural alignment <see cref="StartTime"/> would move.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct DataInfos
{
    /// <summary>Above 0: data were lost before this block.</summary>
    public int IrqSkipped;
    public int Rows;
    public int Columns;

    /// <summary>Place in the linked techniques, from 0.</summary>
    public int TechniqueIndex;
    public int TechniqueId;

    /// <summary>Part of the technique; with the technique and the family it decides what a row is.</summary>
    public int ProcessIndex;
    public int Loop;

    /// <summary>s; NaN means 0.</summary>
    public double StartTime;
    public int MuxPad;
}

/// <summary>The 64 bytes of a parameter's name.</summary>
[InlineArray(64)]
public struct ParameterLabel
{
    private byte _first;

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        var end = bytes.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
    }
}

/// <summary>TEccParam: one parameter of a technique, filled by <c>BL_Define...Parameter</c>. 76 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct EccParam
{
    public ParameterLabel Label;

    /// <summary>0 whole number, 1 yes or no, 2 single.</summary>
    public int Type;
    public uint RawValue;
    public int Index;
}

/// <summary>TEccParams: passed by value. Packed to 4 bytes: 12 with pointers of 8, 8 with pointers of 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct EccParams
{
    public int Length;
    public IntPtr Parameters;
}
