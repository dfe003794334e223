using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CyclerControl.Benchmarks;

/// <summary>The floor: the same bytes, written one after the other to a new file, made durable after each batch.</summary>
internal static partial class PlainWrite
{
    public static double Seconds(string path, int bytesPerBatch, int batches)
    {
        var batch = new byte[bytesPerBatch];
        new Random(1).NextBytes(batch);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < batches; i++)
        {
            RandomAccess.Write(file, batch, (long)i * bytesPerBatch);
            MakeDurable(file);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void MakeDurable(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (DataSync(file) != 0)
            throw new IOException($"fdatasync failed with errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DataSync(SafeFileHandle file);
}
