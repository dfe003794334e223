using System.Runtime.InteropServices;

namespace System.IO.Ports;

/// <summary>The calls of the C library that a port needs. Numbers are those of Linux on x86 and ARM.</summary>
internal static unsafe partial class Libc
{
    public const int OpenReadWrite = 0x2;
    public const int OpenNoControllingTerminal = 0x100;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollGone = 8 | 16 | 32;
    public const int Interrupted = 4;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int TryAgain = 11;
    public const nuint GetTermios = 0x802C542A;
    public const nuint SetTermios = 0x402C542B;
    public const nuint Flush = 0x540B;
    public const nuint Exclusive = 0x540C;
    public const nuint BytesWaiting = 0x541B;
    public const nint FlushInput = 0;
    public const nint FlushOutput = 1;
    public const nint FlushBoth = 2;
    public const int LockExclusiveNow = 2 | 4;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
