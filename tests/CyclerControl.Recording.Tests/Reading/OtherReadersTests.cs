using System.Diagnostics;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Reading;

/// <summary>Python's sqlite3, in a process of its own, while the file grows.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private const string Script = """
        import sqlite3, sys
        db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
        for line in sys.stdin:
            print(*db.execute(line).fetchone(), flush=True)
        """;

    private readonly TemporaryFolder temporary = new();
    private readonly ManualTime time = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Python_WhileTheFileGrows_SeesDurableRowsInUnits()
    {
        var folder = temporary.NewRun();
        using var recorder = new Recorder(time).Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        Append(recorder, 0, 100);
        using var python = Start(folder.RunFilePath);

        Assert.Equal("100", Ask(python, "SELECT COUNT(*) FROM samples"));
        Append(recorder, 100, 250);
        Assert.Equal("250", Ask(python, "SELECT COUNT(*) FROM samples"));
        Assert.Equal(
            "249.0 9.0 25 13 0.001 real",
            Ask(python, "SELECT test_time_s, step_time_s, step_count, cycle, current, t FROM (SELECT *, amperes AS current, typeof(volts) AS t FROM sample_rows) ORDER BY sample_id DESC LIMIT 1"));
        Assert.Equal("20260304-050607 demo/1", Ask(python, "SELECT substr(run_id, 1, 15), channel FROM run"));

        Assert.True(recorder.Finish(Rows.Ended()));
        Assert.Equal("completed 250", Ask(python, "SELECT outcome, (SELECT COUNT(*) FROM samples) FROM ending"));
        python.StandardInput.Close();
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);

        Assert.False(RunRecovery.TryClose(folder.Path)); // it has its ending; at most the log is put away
        Assert.Equal(["run.sqlite"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        using var reader = RunFileReader.Open(folder.Path);
        Assert.Equal(250, reader.EnumerateSamples().Count());
    }

    private static void Append(RunRecorder recorder, int from, int to)
    {
        for (var n = from; n < to; n++)
            recorder.Append(Rows.Row(n));
        Assert.True(recorder.Flush());
    }

    private static Process Start(string file)
    {
        var interpreter = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        return Process.Start(new ProcessStartInfo(interpreter, ["-c", Script, file])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    private static string? Ask(Process python, string sql)
    {
        python.StandardInput.WriteLine(sql);
        python.StandardInput.Flush();
        return python.StandardOutput.ReadLine();
    }
}
