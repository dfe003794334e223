using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Testing;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>A folder with the shipped files and one finished CCD run with its truth, for tests that only read.</summary>
public sealed class FinishedRuns : IDisposable
{
    public FinishedRuns()
    {
        Bench = new Workbench(SmallProtocols.Ccd);
        Directory.CreateSymbolicLink(Bench.File("protocols"), Checkout.Protocols);
        Directory.CreateSymbolicLink(Bench.File("hardware-profiles"), Checkout.HardwareProfiles);
        Run = Bench.Run("--truth", "truth.jsonl", "--json", "--operator", "tests");
        Assert.True(Run.ExitCode == 0, Run.Error);
        Folder = Bench.RunFolder;
        var export = Bench.Cycler("export", "last", "--format", "csv", "--output", "old-cell.csv");
        Assert.True(export.ExitCode == 0, export.Error);
    }

    internal Workbench Bench { get; }

    /// <summary>What the run printed.</summary>
    internal ProgramResult Run { get; }

    internal string Folder { get; }

    internal IReadOnlyList<TruthEvent> Truth => TruthEvent.Read(Bench.File("truth.jsonl"));

    public void Dispose() => Bench.Dispose();
}
