using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CyclerControl.Testing.Wires;

/// <summary>A serial line without hardware: this end is the device's, <see cref="Port"/> is what a program opens. Linux.</summary>
public sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteNoTerminal = 0x2 | 0x100;
    private const int PatienceMilliseconds = 10_000;
    private const short PollIn = 1;
    private readonly byte[] _received = new byte[4096];
    private int _length;
    private int _master;
    private int _slave;

    public PseudoTerminal()
    {
        _master = Check(posix_openpt(ReadWriteNoTerminal), nameof(posix_openpt));
        _ = Check(grantpt(_master), nameof(grantpt));
        _ = Check(unlockpt(_master), nameof(unlockpt));
        var name = stackalloc byte[256];
        _ = Check(ptsname_r(_master, name, 256), nameof(ptsname_r));
        Port = Marshal.PtrToStringUTF8((nint)name)!;
        // Kept open, so that the line lives on between two programs, as a wire does.
        _slave = Check(open(Port, ReadWriteNoTerminal), nameof(open));
        var termios = stackalloc byte[256];
        _ = Check(tcgetattr(_slave, termios), nameof(tcgetattr));
        cfmakeraw(termios);
        _ = Check(tcsetattr(_slave, 0, termios), nameof(tcsetattr));
    }

    /// <summary><c>/dev/pts/7</c></summary>
    public string Port { get; }

    /// <summary>What the program has set: the first four words of <c>struct termios</c>.</summary>
    public (uint Input, uint Output, uint Control, uint Local) Flags
    {
        get
        {
            var termios = stackalloc uint[64];
            _ = Check(tcgetattr(_slave, (byte*)termios), nameof(tcgetattr));
            return (termios[0], termios[1], termios[2], termios[3]);
        }
    }

    /// <summary>The device sends.</summary>
    public void Send(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        fixed (byte* start = bytes)
        {
            _ = Check((int)write(_master, start, (nuint)bytes.Length), nameof(write));
        }
    }

    /// <summary>What came up to this character, without it; null when it does not come in 10 s.</summary>
    public string? ReadTo(char end)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var at = _received.AsSpan(0, _length).IndexOf((byte)end);
            if (at >= 0)
            {
                var text = Encoding.Latin1.GetString(_received, 0, at);
                _length -= at + 1;
                _received.AsSpan(at + 1, _length).CopyTo(_received);
                return text;
            }

            var entry = new PollEntry { Descriptor = _master, Events = PollIn };
            var left = PatienceMilliseconds - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (left <= 0 || poll(&entry, 1, left) <= 0)
            {
                return null;
            }

            fixed (byte* start = _received)
            {
                var count = read(_master, start + _length, (nuint)(_received.Length - _length));
                if (count <= 0)
                {
                    return null;
                }

                _length += (int)count;
            }
        }
    }

    /// <summary>The device is pulled out.</summary>
    public void Vanish()
    {
        if (_master >= 0)
        {
            _ = close(_slave);
            _ = close(_master);
            _slave = -1;
            _master = -1;
        }
    }

    public void Dispose() => Vanish();

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new InvalidOperationException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int grantpt(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlockpt(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ptsname_r(int descriptor, byte* name, nuint length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(int descriptor, byte* termios);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(int descriptor, int actions, byte* termios);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte* termios);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
