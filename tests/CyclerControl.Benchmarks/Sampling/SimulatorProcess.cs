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
    public static SimulatorProcess Start(int instruments, params ReadOnlySpan<string> more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
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

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
