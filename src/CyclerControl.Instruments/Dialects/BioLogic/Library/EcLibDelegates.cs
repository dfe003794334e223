using System.Runtime.InteropServices;

namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>
/// The exported functions: stdcall (which on 64 bits is the platform's one convention), all arguments blittable. A C++ bool is one byte.
/// </summary>
internal static class EcLibDelegates
{
    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int Connect(byte[] address, byte timeout, out int id, out DeviceInfos infos);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int OnDevice(int id);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int OnChannel(int id, byte channel);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate byte IsChannelPlugged(int id, byte channel);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int LoadFirmware(int id, byte[] channels, int[] results, byte length, byte showGauge, byte forceReload, byte[] firmware, byte[] xilinx);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int GetChannelInfos(int id, byte channel, out ChannelInfos infos);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int GetMessage(int id, byte channel, byte[] text, ref uint size);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int LoadTechnique(int id, byte channel, byte[] file, EccParams parameters, byte first, byte last, byte display);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int UpdateParameters(int id, byte channel, int technique, EccParams parameters, byte[] file);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int GetCurrentValues(int id, byte channel, out CurrentValues values);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int GetData(int id, byte channel, uint[] buffer, out DataInfos infos, out CurrentValues values);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int DefineBool(byte[] label, byte value, int index, ref EccParam parameter);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int DefineSingle(byte[] label, float value, int index, ref EccParam parameter);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int DefineInteger(byte[] label, int value, int index, ref EccParam parameter);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int ConvertNumeric(uint raw, out float value);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int ConvertChannelNumeric(uint raw, out float value, uint board);

    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    public delegate int BoardType(int id, byte channel, out uint board);
}
