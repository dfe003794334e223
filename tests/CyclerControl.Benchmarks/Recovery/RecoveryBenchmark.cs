using System.Diagnostics;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Recovery;

namespace CyclerControl.Benchmarks.Recovery;

/// <summary>
/// From a folder of unfinished runs to every one of them ready to go on: found, owned, its program compiled, its state restored, its file open
/// for appending and its first record durable. What is left out is the instruments. The runs are copies of one, with the log that a kill leaves.
/// </summary>
internal static class RecoveryBenchmark
{
    private const int AllRuns = 256;
    private const int AllHours = 1000;
    private const int SecondsPerRow = 30;

    private static readonly ChannelCapabilities Channel = new(
        -5, 5, 1e-4, [new CurrentRange("10 mA", 0.01, 1e-7, 1e-4, 1e-6)], TimeSpan.FromMilliseconds(100), RestBehaviour.Open, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(10));

    private const string Protocol = """
        protocol: bench
        version: 1
        about: one hour there, one hour back
        measure: cycling
        cell: { kind: symmetric, area: 1 cm2 }
        record: { every: 30 s }
        sample: { every: 30 s }
        limits: { voltage: { min: -1 V, max: 1 V } }
        on_restart: { resume_within: 15 min }
        steps:
          - repeat: 1000
            steps:
              - strip: 1 mA/cm2
                for: 1 h
              - plate: 1 mA/cm2
                for: 1 h
        """;

    public static readonly BenchmarkOption[] Options = [new("--runs", AllRuns, 1, 4096)];

    public static Report Run(BenchmarkOptions options)
    {
        var runs = Math.Max(1, (int)(options["--runs"] * Math.Min(1, options["--scale"] * 10)));
        var rows = Math.Max(10, (int)(AllHours * 3600 / SecondsPerRow * Math.Min(1, options["--scale"])));
        var folder = Directory.CreateTempSubdirectory("cycler-recovery-").FullName;
        try
        {
            var data = DataFolder.Open(folder);
            var bytes = Prepare(data, runs, rows);
            var found = Recover(data);
            if (found.Ready != runs)
                throw new InvalidOperationException($"{found.Ready} of {runs} runs were ready: {found.Problem}");
            return new Report()
                .Add("runs", runs)
                .Add("seconds_to_ready", found.Seconds)
                .Add("seconds_to_list", found.ListSeconds)
                .Add("rows_per_run", rows)
                .Add("mb_per_run", bytes / 1e6);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Ready, double Seconds, double ListSeconds, string? Problem) Recover(DataFolder data)
    {
        var started = Stopwatch.GetTimestamp();
        List<string> problems = [];
        var unfinished = UnfinishedRuns.Take(data, problems);
        var list = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (ready, seconds) = (0, 0.0);
        var recorders = new List<RunRecorder>();
        using (var host = new RecorderHost(RecorderHost.MaxThreads))
        {
            foreach (var run in unfinished)
            {
                var (program, problem) = StoredProgram.Compile(run.Header, Channel);
                var restored = program is null ? default : RunRestore.Restore(program, run.Progress);
                if ((problem ?? restored.Problem) is { } refused)
                {
                    problems.Add(refused);
                    run.Dispose();
                    continue;
                }

                var recorder = host.Resume(run.Folder, new RecorderOptions());
                recorders.Add(recorder);
                recorder.Append(new RunEvent(restored.AsOfNanoseconds, "recovering", "ready"));
            }

            ready = recorders.Count(r => r.Flush());
            seconds = Stopwatch.GetElapsedTime(started).TotalSeconds; // closing them, which folds their logs in, is no part of it
            recorders.ForEach(r => r.Dispose());
        }

        return (ready, seconds, list, problems.FirstOrDefault());
    }

    /// <returns>Bytes of one run.</returns>
    private static long Prepare(DataFolder data, int runs, int rows)
    {
        var first = data.CreateRun(new ChannelId("bench", 1), TimeProvider.System, new Random(0));
        var template = Path.Combine(data.Path, "template");
        using (var host = new RecorderHost())
        {
            var header = RecordRows.Header(first.RunId) with
            {
                ProtocolText = Protocol,
                Cell = new CellSpec { Kind = CellKind.Symmetric, AreaSquareCentimetres = 1 },
                ResumeWithinSeconds = 900,
            };
            using var recorder = host.Open(first, header, new RecorderOptions { Clock = ClockKind.Virtual, RowsPerCommit = 1000 });
            var program = StoredProgram.Compile(header, Channel).Program ?? throw new InvalidOperationException("the protocol does not compile");
            RunBooks.Write(recorder, program, rows);
            recorder.Flush();
            Directory.CreateDirectory(template);
            Copy(first.Path, template); // with its log: what a kill leaves
        }

        Directory.Delete(first.Path, recursive: true);
        for (var i = 1; i < runs; i++)
            Place(data, template, i);
        Place(data, template, 0);
        Directory.Delete(template, recursive: true);
        return Directory.GetFiles(data.RunsPath, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / runs;
    }

    private static void Place(DataFolder data, string template, int number)
    {
        var path = Directory.CreateDirectory(Path.Combine(data.RunsPath, FormattableString.Invariant($"20260101-000000-bench-{number}-abcd"))).FullName;
        Copy(template, path);
        File.WriteAllText(Path.Combine(path, "run.lock"), "");
    }

    private static void Copy(string from, string to)
    {
        foreach (var name in new[] { "run.sqlite", "run.sqlite-wal" })
            File.Copy(Path.Combine(from, name), Path.Combine(to, name));
    }
}
