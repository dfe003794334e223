using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Peer;

/// <summary>The loop in Python with pyvisa, in a process of its own. Debian's packages work with Debian's interpreter.</summary>
internal static class VisaLoop
{
    private const string DebianPython = "/usr/bin/python3";

    /// <exception cref="InvalidOperationException">It failed: pyvisa may not be there.</exception>
    public static VisaFigures Run(InstrumentAddress instrument, double seconds, double amperes)
    {
        var start = new ProcessStartInfo(DebianPython) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "peers", "visa_loop.py"),
            string.Create(CultureInfo.InvariantCulture, $"TCPIP::{instrument.Connect.Host}::{instrument.Connect.Port}::SOCKET"),
            seconds.ToString("R", CultureInfo.InvariantCulture),
            amperes.ToString("R", CultureInfo.InvariantCulture),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{DebianPython} failed; it needs python3-pyvisa and python3-pyvisa-py: apt-get install them");
        using var json = JsonDocument.Parse(output);
        var found = json.RootElement;
        return new VisaFigures(found.GetProperty("samples").GetInt64(), found.GetProperty("seconds").GetDouble(), found.GetProperty("cpu_seconds").GetDouble());
    }
}

internal sealed record VisaFigures(long Samples, double Seconds, double CpuSeconds);
