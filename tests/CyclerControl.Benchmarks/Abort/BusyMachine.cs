using System.Diagnostics;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Export;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Benchmarks.Abort;

/// <summary>
/// Everything that may get in the way: run files for all channels, a thread that exports one file after the other, and a busy process for each
/// processor.
/// </summary>
internal sealed class BusyMachine : IDisposable
{
    private const int ExportedRows = 50_000;
    private readonly string path = Directory.CreateTempSubdirectory("cycler-abort-").FullName;
    private readonly RecorderHost host = new(2);
    private readonly DataFolder data;
    private readonly List<RunFolder> folders = [];
    private readonly List<RunRecorder> recorders = [];
    private readonly Lock gate = new();
    private readonly Process[] busy;
    private readonly Thread exporter;
    private bool stop;
    private long exports;

    public BusyMachine()
    {
        data = DataFolder.Open(path);
        var file = RecordedRun();
        exporter = new Thread(() => Export(file)) { IsBackground = true, Name = "exporter" };
        exporter.Start();
        busy = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Process.Start("/bin/sh", ["-c", "while :; do :; done"]))];
    }

    public long Exports => Volatile.Read(ref exports);

    /// <summary>A run file for one run on this channel.</summary>
    public IRunRecorder NewRecorder(ChannelId channel)
    {
        lock (gate)
        {
            var folder = data.CreateRun(channel, TimeProvider.System, new Random(recorders.Count));
            var recorder = host.Open(folder, RecordRows.Header(folder.RunId), new RecorderOptions { Clock = ClockKind.Wall, RowsPerSecond = 1000 });
            folders.Add(folder);
            recorders.Add(recorder);
            return recorder;
        }
    }

    /// <summary>Closes the runs of a round.</summary>
    public void FinishRuns()
    {
        lock (gate)
        {
            foreach (var recorder in recorders)
            {
                recorder.Finish(RecordRows.Ending(0));
                recorder.Dispose();
            }

            folders.ForEach(folder => folder.Dispose());
            recorders.Clear();
            folders.Clear();
        }
    }

    public void Dispose()
    {
        foreach (var process in busy)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Volatile.Write(ref stop, true);
        exporter.Join();
        FinishRuns();
        host.Dispose();
        Directory.Delete(path, recursive: true);
    }

    private string RecordedRun()
    {
        var recorder = (RunRecorder)NewRecorder(new ChannelId("export", 1));
        for (var n = 0; n < ExportedRows; n++)
        {
            recorder.Append(RecordRows.Row(n));
            if (n % 1000 == 0)
                recorder.Flush();
        }

        var file = recorder.RunFilePath;
        FinishRuns();
        return file;
    }

    private void Export(string file)
    {
        while (!Volatile.Read(ref stop))
        {
            using var reader = RunFileReader.Open(file);
            BdfExporter.Write(reader, Stream.Null);
            exports++;
        }
    }
}
