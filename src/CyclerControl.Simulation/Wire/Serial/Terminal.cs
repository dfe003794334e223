using System.Runtime.InteropServices;
using System.Text;

namespace CyclerControl.Simulation.Wire.Serial;

/// <summary>The instrument's end of a pseudo-terminal, whose other end has a name that a program can open. Linux; one thread.</summary>
internal sealed class Terminal : IDisposable
{
    private const int ReadWriteNoTerminalOnExecClosed = 0x2 | 0x100 | 0x80000;
    private const int NonBlocking = 0x800;
    private const short In = 1;
    private readonly string _path;
    private int _master;
    private int _slave = -1;

    /// <param name="path">The name: a symbolic link that is made, and removed at the end.</param>
    /// <exception cref="IOException">The system gives none, or something else has that name.</exception>
    public Terminal(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("simulated serial lines are pseudo-terminals, which only Linux has: use --tcp");
        }

        _path = path;
        _master = Check(posix_openpt(ReadWriteNoTerminalOnExecClosed | NonBlocking), nameof(posix_openpt));
        try
        {
            _ = Check(grantpt(_master), nameof(grantpt));
            _ = Check(unlockpt(_master), nameof(unlockpt));
            Span<byte> name = stackalloc byte[256];
            _ = Check(ptsname_r(_master, ref name[0], (nuint)name.Length), nameof(ptsname_r));
            // Kept open: the line does not end with the program at its other end, as a wire does not.
            _slave = Check(open(ref name[0], ReadWriteNoTerminalOnExecClosed), nameof(open));
            MakeRaw();
            Link(Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]));
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>What has come; 0 when nothing does within this time.</summary>
    public int Read(Span<byte> buffer, int milliseconds)
    {
        var entry = new PollEntry { Descriptor = _master, Events = In };
        return poll(ref entry, 1, milliseconds) > 0 && (entry.Returned & In) != 0
            ? (int)Math.Max(0, read(_master, ref buffer[0], (nuint)buffer.Length))
            : 0;
    }

    /// <summary>One byte; lost where nobody has read for long, as on a wire.</summary>
    public void Write(byte value) => _ = write(_master, ref value, 1);

    public void Dispose()
    {
        if (IsLink())
        {
            File.Delete(_path);
        }

        Close();
    }

    private void Close()
    {
        foreach (var descriptor in (ReadOnlySpan<int>)[_slave, _master])
        {
            if (descriptor >= 0)
            {
                _ = close(descriptor);
            }
        }

        (_slave, _master) = (-1, -1);
    }

    private void MakeRaw()
    {
        Span<byte> termios = stackalloc byte[256];
        _ = Check(tcgetattr(_slave, ref termios[0]), nameof(tcgetattr));
        cfmakeraw(ref termios[0]);
        _ = Check(tcsetattr(_slave, 0, ref termios[0]), nameof(tcsetattr));
    }

    private bool IsLink() => new FileInfo(_path).LinkTarget is not null;

    private void Link(string terminal)
    {
        if (Path.Exists(_path) && !IsLink())
        {
            throw new IOException($"{_path} is there already, and is no link of ours");
        }

        File.Delete(_path);
        _ = File.CreateSymbolicLink(_path, terminal);
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new IOException($"no pseudo-terminal: {call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int grantpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ptsname_r(int descriptor, ref byte name, nuint length);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(ref byte path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint read(int descriptor, ref byte buffer, nuint count);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, ref byte buffer, nuint count);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref PollEntry entries, nuint count, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetattr(int descriptor, ref byte termios);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcsetattr(int descriptor, int actions, ref byte termios);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void cfmakeraw(ref byte termios);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
