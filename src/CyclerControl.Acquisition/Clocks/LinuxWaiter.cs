using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CyclerControl.Acquisition.Clocks;

/// <summary><c>poll</c> on an absolute <c>timerfd</c> and an <c>eventfd</c>: 0 B a wait, and a wake is never lost.</summary>
internal sealed unsafe class LinuxWaiter : IWaiter
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly SafeFileHandle _timerHandle;
    private readonly SafeFileHandle _wakeHandle;
    private readonly int _timer;
    private readonly int _wake;
    private long _armedFor = long.MaxValue;

    public LinuxWaiter()
    {
        _timer = Checked(LinuxNative.TimerCreate(LinuxNative.ClockMonotonic, LinuxNative.CloseOnExec | LinuxNative.NonBlocking), "timerfd_create");
        _timerHandle = new SafeFileHandle(_timer, ownsHandle: true);
        _wake = Checked(LinuxNative.EventCreate(0, LinuxNative.CloseOnExec | LinuxNative.NonBlocking), "eventfd");
        _wakeHandle = new SafeFileHandle(_wake, ownsHandle: true);
    }

    public void Wait(long deadlineNanoseconds)
    {
        if (deadlineNanoseconds <= MonotonicTime.Nanoseconds)
        {
            TakeWake();
            return;
        }

        Arm(deadlineNanoseconds);
        var entries = stackalloc LinuxNative.PollEntry[2];
        entries[0] = new LinuxNative.PollEntry { Descriptor = _wake, Events = LinuxNative.PollIn };
        entries[1] = new LinuxNative.PollEntry { Descriptor = _timer, Events = LinuxNative.PollIn };
        while (LinuxNative.Poll(entries, 2, -1) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LinuxNative.Interrupted)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "poll failed");
            }
        }

        if ((entries[0].Returned & LinuxNative.PollIn) != 0)
        {
            TakeWake();
        }
    }

    public void Wake()
    {
        var one = 1UL;
        var added = false;
        try
        {
            _wakeHandle.DangerousAddRef(ref added);
            _ = LinuxNative.Write(_wake, &one, sizeof(ulong)); // Full means that a wake is pending already.
        }
        catch (ObjectDisposedException)
        {
            // The thread that waited here has gone: nobody to wake.
        }
        finally
        {
            if (added)
            {
                _wakeHandle.DangerousRelease();
            }
        }
    }

    public void Dispose()
    {
        _timerHandle.Dispose();
        _wakeHandle.Dispose();
    }

    private void Arm(long deadlineNanoseconds)
    {
        if (_armedFor == deadlineNanoseconds)
        {
            return;
        }

        var spec = default(LinuxNative.TimerSpec); // All zero disarms.
        if (deadlineNanoseconds != long.MaxValue)
        {
            spec.Seconds = (nint)(deadlineNanoseconds / NanosecondsPerSecond);
            spec.Nanoseconds = (nint)(deadlineNanoseconds % NanosecondsPerSecond);
        }

        _ = Checked(LinuxNative.TimerSet(_timer, LinuxNative.TimerAbsolute, &spec, null), "timerfd_settime");
        _armedFor = deadlineNanoseconds;
    }

    private void TakeWake()
    {
        ulong count;
        _ = LinuxNative.Read(_wake, &count, sizeof(ulong)); // Non-blocking: nothing there is no error.
    }

    private static int Checked(int result, string call) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), call + " failed");
}
