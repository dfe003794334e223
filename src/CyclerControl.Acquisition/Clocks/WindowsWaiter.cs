using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>A high-resolution waitable timer (Windows 10 1803 and later) and an event. Compiled everywhere, not run by our tests.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsWaiter : IWaiter
{
    private const uint HighResolution = 2;
    private const uint AllAccess = 0x1F0003;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TimerHandle _timer;
    private readonly WaitHandle[] _both;

    public WindowsWaiter()
    {
        var handle = CreateWaitableTimer(0, 0, HighResolution, AllAccess);
        if (handle == 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "CreateWaitableTimerEx failed; Windows 10 1803 or later is needed");
        }

        _timer = new TimerHandle(handle);
        _both = [_wake, _timer];
    }

    public void Wait(long deadlineNanoseconds)
    {
        if (deadlineNanoseconds == long.MaxValue)
        {
            _wake.WaitOne();
            return;
        }

        var remaining = deadlineNanoseconds - MonotonicTime.Nanoseconds;
        if (remaining <= 0)
        {
            _wake.WaitOne(0);
            return;
        }

        var due = -((remaining + 99) / 100); // Negative: relative, in 100 ns.
        if (!SetWaitableTimer(_timer.SafeWaitHandle, in due, 0, 0, 0, resume: false))
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "SetWaitableTimer failed");
        }

        WaitHandle.WaitAny(_both);
    }

    public void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The thread that waited here has gone: nobody to wake.
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _wake.Dispose();
    }

    [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW", SetLastError = true)]
    private static partial nint CreateWaitableTimer(nint attributes, nint name, uint flags, uint access);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetWaitableTimer(
        SafeWaitHandle timer, in long due, int period, nint completion, nint argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

    private sealed class TimerHandle : WaitHandle
    {
        public TimerHandle(nint handle) => SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: true);
    }
}
