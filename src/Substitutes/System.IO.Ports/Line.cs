using System.Diagnostics;
using System.Runtime.InteropServices;

namespace System.IO.Ports;

/// <summary>An open terminal line. Every wait is a poll(2) with an end; a device that has gone is an <see cref="IOException"/> at the next call.</summary>
internal sealed unsafe class Line : IDisposable
{
    private readonly string _port;
    private int _descriptor;

    public Line(string port, LineSettings settings)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "serial ports need the package System.IO.Ports on this system: build with -p:UseSubstitutes=false");
        }

        _port = port;
        _descriptor = Libc.Open(port, Libc.OpenReadWrite | Libc.OpenNoControllingTerminal | Libc.OpenNonBlocking | Libc.OpenCloseOnExec);
        if (_descriptor < 0)
        {
            throw CannotOpen(Marshal.GetLastPInvokeError());
        }

        try
        {
            Claim();
            Set(settings);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int BytesWaiting
    {
        get
        {
            CheckPresent();
            var count = 0;
            return Libc.Control(_descriptor, Libc.BytesWaiting, (nint)(&count)) == 0 ? count : throw Gone("FIONREAD");
        }
    }

    /// <summary>Speed, character and handshake. The speed is read back: an adapter that cannot do it would otherwise talk at another.</summary>
    public void Set(LineSettings settings)
    {
        var termios = default(Termios);
        if (Libc.Control(_descriptor, Libc.GetTermios, (nint)(&termios)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"{_port} is no serial port: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        termios.InputFlags = settings.InputFlags;
        termios.OutputFlags = 0;
        termios.LocalFlags = 0;
        termios.ControlFlags = settings.ControlFlags;
        termios.InputSpeed = (uint)settings.BaudRate;
        termios.OutputSpeed = (uint)settings.BaudRate;
        termios.Characters[5] = 0;    // VTIME
        termios.Characters[6] = 1;    // VMIN: a read that returns nothing is then the end of the line
        termios.Characters[8] = 0x11; // VSTART
        termios.Characters[9] = 0x13; // VSTOP
        if (Libc.Control(_descriptor, Libc.SetTermios, (nint)(&termios)) != 0
            || Libc.Control(_descriptor, Libc.GetTermios, (nint)(&termios)) != 0)
        {
            throw Gone("termios");
        }

        if (Math.Abs((double)termios.OutputSpeed - settings.BaudRate) > 0.03 * settings.BaudRate)
        {
            throw new IOException($"{_port} cannot do {settings.BaudRate} baud: it is set to {termios.OutputSpeed}");
        }
    }

    /// <summary>At least one byte.</summary>
    public int Read(Span<byte> buffer, int timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            Await(Libc.PollIn, timeout, started, "nothing came");
            nint count;
            fixed (byte* start = buffer)
            {
                count = Libc.Read(_descriptor, start, (nuint)buffer.Length);
            }

            if (count > 0)
            {
                return (int)count;
            }

            if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted))
            {
                throw Gone("read");
            }
        }
    }

    /// <summary>Every byte.</summary>
    public void Write(ReadOnlySpan<byte> data, int timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (!data.IsEmpty)
        {
            Await(Libc.PollOut, timeout, started, "the port takes no bytes");
            nint count;
            fixed (byte* start = data)
            {
                count = Libc.Write(_descriptor, start, (nuint)data.Length);
            }

            if (count > 0)
            {
                data = data[(int)count..];
            }
            else if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted))
            {
                throw Gone("write");
            }
        }
    }

    public void Discard(nint queue)
    {
        CheckPresent();
        if (Libc.Control(_descriptor, Libc.Flush, queue) != 0)
        {
            throw Gone("TCFLSH");
        }
    }

    // What is not sent yet would keep close waiting for as long as the other side holds it up.
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Libc.Control(_descriptor, Libc.Flush, Libc.FlushBoth);
            _ = Libc.Close(_descriptor);
            _descriptor = -1;
        }
    }

    // The kernel's word holds against everybody but root; the lock also against root, and against ourselves.
    private void Claim()
    {
        if (Libc.Lock(_descriptor, Libc.LockExclusiveNow) != 0)
        {
            throw CannotOpen(Libc.Busy);
        }

        _ = Libc.Control(_descriptor, Libc.Exclusive, 0);
    }

    private void CheckPresent()
    {
        var entry = new Libc.PollEntry { Descriptor = _descriptor, Events = Libc.PollIn };
        if (Libc.Poll(&entry, 1, 0) > 0 && (entry.Returned & Libc.PollGone) != 0)
        {
            throw Gone("poll");
        }
    }

    private void Await(short wanted, int timeout, long started, string what)
    {
        while (true)
        {
            var left = timeout < 0 ? -1 : Math.Max(0, timeout - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var entry = new Libc.PollEntry { Descriptor = _descriptor, Events = wanted };
            var ready = Libc.Poll(&entry, 1, left);
            if (ready > 0 && (entry.Returned & wanted) != 0 && (wanted == Libc.PollIn || (entry.Returned & Libc.PollGone) == 0))
            {
                return;
            }

            if (ready > 0)
            {
                throw Gone("poll");
            }

            if (ready == 0)
            {
                throw new TimeoutException($"{_port}: {what} within {timeout} ms");
            }

            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                throw Gone("poll");
            }
        }
    }

    private IOException Gone(string call) => new($"{_port}: the device has gone ({call})");

    private Exception CannotOpen(int error)
    {
        var reason = error == Libc.Busy ? "another program has it open" : Marshal.GetPInvokeErrorMessage(error);
        return error is Libc.AccessDenied or Libc.Busy
            ? new UnauthorizedAccessException($"{_port} cannot be opened: {reason}")
            : new IOException($"{_port} cannot be opened: {reason}");
    }
}
