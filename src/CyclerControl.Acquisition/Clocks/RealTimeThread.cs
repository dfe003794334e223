using System.Globalization;
using System.Runtime.InteropServices;

namespace CyclerControl.Acquisition.Clocks;

/// <summary>What the system said to a thread that asked to be scheduled before ordinary ones.</summary>
/// <param name="Granted">True when it took effect.</param>
/// <param name="Words">One sentence for people.</param>
public sealed record RealTimeResult(bool Granted, string Words);

/// <summary>
/// SCHED_FIFO for the calling thread alone. Threads that it starts are ordinary again (SCHED_RESET_ON_FORK), so that neither the pool nor
/// the collector is ever raised; memory is not locked. See sched_setscheduler(2), sched(7).
/// </summary>
public static unsafe class RealTimeThread
{
    /// <summary>Above everything ordinary, below the kernel's own interrupt threads (50).</summary>
    public const int Priority = 10;

    private const int Ordinary = 0;
    private const int FirstInFirstOut = 1;
    private const int ResetOnFork = 0x40000000;
    private const int NotPermitted = 1;

    /// <summary>Call on a dedicated thread only. Never throws.</summary>
    public static RealTimeResult TryRaise()
    {
        if (!OperatingSystem.IsLinux())
        {
            return new RealTimeResult(false, "real-time scheduling is implemented on Linux only");
        }

        var priority = Priority;
        if (LinuxNative.SetScheduler(0, FirstInFirstOut | ResetOnFork, &priority) == 0)
        {
            return new RealTimeResult(true, string.Create(CultureInfo.InvariantCulture, $"SCHED_FIFO {Priority} for the link's thread"));
        }

        var error = Marshal.GetLastPInvokeError();
        return new RealTimeResult(false, error == NotPermitted
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"SCHED_FIFO was refused, the link's thread is an ordinary one; allow it with CAP_SYS_NICE or 'rtprio {Priority}' in /etc/security/limits.conf")
            : string.Create(CultureInfo.InvariantCulture, $"SCHED_FIFO was refused with errno {error}, the link's thread is an ordinary one"));
    }

    /// <summary>Back to an ordinary thread.</summary>
    public static bool TryLower()
    {
        var none = 0;
        return OperatingSystem.IsLinux() && LinuxNative.SetScheduler(0, Ordinary, &none) == 0;
    }
}
