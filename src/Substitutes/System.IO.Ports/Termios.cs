using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.IO.Ports;

/// <summary>The kernel's <c>struct termios2</c> (asm-generic/termbits.h), which takes any speed as a number.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios
{
    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
    public byte Discipline;
    public ControlCharacters Characters;
    public uint InputSpeed;
    public uint OutputSpeed;

    [InlineArray(19)]
    internal struct ControlCharacters
    {
        private byte _first;
    }
}
