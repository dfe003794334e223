using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>The stand-alone simulator in a process of its own, killed when disposed.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private readonly Process process;

    private SimulatorProcess(Process process, InstrumentAddress[] instruments)
    {
        this.process = process;
        Instruments = instruments;
    }

    /// <summary>One for each instrument, named <c>c1</c>, <c>c2</c>, ...</summary>
    public IReadOnlyList<InstrumentAddress> Instruments { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="instruments">Eight channels each, all with the same kind of healthy cell.</param>
    /// <param name="isUndisturbed">
    /// It outranks whatever else is at work here, as an instrument with a processor of its own does; where that is not allowed, it does not.
    /// </param>
    /// <param name="more">Options of the simulator.</param>
    public static SimulatorProcess Start(int instruments, bool isUndisturbed, params ReadOnlySpan<string> more)
    {
        var start = new ProcessStartInfo(isUndisturbed && MayOutrank() ? "chrt" : "dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        if (start.FileName == "chrt")
            Array.ForEach(["--fifo", "5", "dotnet"], start.ArgumentList.Add);
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "CyclerControl.InstrumentSimulator.dll"), "--tcp", "0", "--shorts", "off",
            "--cells", string.Join(',', Enumerable.Repeat("li-lpsc-li", 8)), "--instruments", instruments.ToString(CultureInfo.InvariantCulture),
            .. more,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var started = Process.Start(start)!;
        var addresses = new InstrumentAddress[instruments];
        for (var i = 0; i < instruments; i++)
        {
            var line = started.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the simulator did not start");
            addresses[i] = new InstrumentAddress($"c{i + 1}", "scpi-cycler-8ch", new Uri(line.Split(' ')[^1]));
        }

        return new SimulatorProcess(started, addresses);
    }

    private static bool MayOutrank()
    {
        try
        {
            using var attempt = Process.Start(new ProcessStartInfo("chrt", ["--fifo", "5", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;
            attempt.WaitForExit();
            return attempt.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
