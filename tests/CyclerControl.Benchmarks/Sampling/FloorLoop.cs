using System.Diagnostics;
using System.Globalization;
using CyclerControl.Acquisition.Links;

namespace CyclerControl.Benchmarks.Sampling;

/// <summary>The loop in C beside ours, compiled here by the machine's compiler.</summary>
internal sealed class FloorLoop : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cycler-floor-").FullName;
    private readonly string program;

    public FloorLoop()
    {
        program = Path.Combine(folder, "floor");
        Output("cc", "-O2", "-pthread", "-o", program, Path.Combine(AppContext.BaseDirectory, "Sampling", "floor.c"));
    }

    /// <summary>Runs it for so long, and adds what it saw.</summary>
    /// <param name="into">Gets each lateness.</param>
    /// <param name="ports">None: it only waits; one a link: each wake is an exchange, too.</param>
    public void Run(int links, double rate, double seconds, LatenessHistogram into, IEnumerable<int> ports)
    {
        var output = Output(program, [Text(links), Text(rate), Text(seconds), .. ports.Select(port => Text(port))]);
        foreach (var line in output.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("missed "))
                into.Miss(long.Parse(line[7..], CultureInfo.InvariantCulture));
            else if (!line.IsEmpty)
                into.Add(long.Parse(line, CultureInfo.InvariantCulture));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed; see above");
    }
}
