using System.Globalization;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Commands;

/// <summary>The run file, read by a program that is not ours, while it grows.</summary>
public sealed class GrowingRunTests
{
    private const string Reader = """
        import sqlite3, sys
        db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=30)
        print(db.execute("PRAGMA journal_mode").fetchone()[0])
        print(db.execute("PRAGMA integrity_check").fetchone()[0])
        print(db.execute("SELECT COUNT(*) FROM samples").fetchone()[0])
        print(db.execute("SELECT MAX(sample_id) - MIN(sample_id) + 1 FROM samples").fetchone()[0])
        print(db.execute("SELECT protocol_name FROM run").fetchone()[0])
        print(db.execute("SELECT COUNT(*) FROM ending").fetchone()[0])
        db.close()
        """;

    /// <summary>Debian's Python: the one that labs have.</summary>
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Python_WhileTheRunGoesOn_ReadsRowsAndDoesNotDisturb()
    {
        using var bench = new Workbench(SmallProtocols.Endless);
        var script = bench.Write("reader.py", Reader);
        using var run = bench.StartRun("--speed", "50");
        run.WaitForLine(l => l.Contains("half-cycle   1", StringComparison.Ordinal));
        var file = bench.RunFile;

        var first = ReadUntilThereAreRows(bench, script, file, moreThan: 0);
        var second = ReadUntilThereAreRows(bench, script, file, moreThan: Rows(first));
        Assert.False(run.HasExited);
        run.Interrupt();
        var result = run.WaitForExit();

        Assert.Equal(["wal", "ok"], first[..2]);
        Assert.Equal(Rows(second), long.Parse(second[3], CultureInfo.InvariantCulture));
        Assert.Equal(["small", "0"], second[4..]);
        Assert.Equal(1, result.ExitCode);
        var last = Read(bench, script, file);
        Assert.Equal(["delete", "ok"], last[..2]);
        Assert.True(Rows(last) >= Rows(second));
        Assert.Equal("1", last[5]);
    }

    private static string[] ReadUntilThereAreRows(Workbench bench, string script, string file, long moreThan)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var lines = Read(bench, script, file);
            if (Rows(lines) > moreThan)
            {
                return lines;
            }
        }

        throw new InvalidOperationException($"never more than {moreThan} rows in {file}");
    }

    private static string[] Read(Workbench bench, string script, string file)
    {
        using var python = RunningProgram.Start(Python, bench.Path, [script, file]);
        var result = python.WaitForExit();
        Assert.True(result.ExitCode == 0, result.Error);
        return result.OutputLines;
    }

    private static long Rows(string[] lines) => long.Parse(lines[2], CultureInfo.InvariantCulture);
}
