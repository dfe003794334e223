using System.Runtime.InteropServices;

namespace CyclerControl.Testing.EcLab;

/// <summary>The functions that the stand-in library calls back; the order is that of its <c>Backend</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EcLibBackend
{
    public ConnectFunction Connect;
    public SimpleFunction Simple;
    public FirmwareFunction LoadFirmware;
    public InfosFunction Infos;
    public TechniqueFunction Technique;
    public ValuesFunction Values;
    public DataFunction Data;
    public MessageFunction Message;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int ConnectFunction(IntPtr address, out int deviceCode, out int channels);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int SimpleFunction(int device, int channel, int what);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int FirmwareFunction(int device, int channel, IntPtr kernel);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int InfosFunction(int device, int channel, out int firmware, out int state, out int techniques, out int serial);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int TechniqueFunction(
        int device, int channel, int index, IntPtr file, int first, int count, IntPtr labels, IntPtr types, IntPtr values, IntPtr indices);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int ValuesFunction(int device, int channel, out int state, IntPtr numbers);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int DataFunction(int device, int channel, IntPtr words, IntPtr infos, out double start, out int state, IntPtr numbers);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int MessageFunction(int device, int channel, IntPtr text, int size);
}
