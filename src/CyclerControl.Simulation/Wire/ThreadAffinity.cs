using System.Runtime.InteropServices;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// Pins the calling thread to one processor (Linux only). On a virtual clock client and server take turns: on one processor a turn costs a
/// quarter of what it costs across two.
/// </summary>
internal static class ThreadAffinity
{
    /// <returns>False where the system has no such call or refuses it; nothing has changed then.</returns>
    public static bool TryPin(int cpu)
    {
        if (!OperatingSystem.IsLinux() || cpu is < 0 or > 63)
        {
            return false;
        }

        var mask = 1UL << cpu;
        return SetAffinity(0, sizeof(ulong), in mask) == 0;
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, nuint size, in ulong mask);
}
