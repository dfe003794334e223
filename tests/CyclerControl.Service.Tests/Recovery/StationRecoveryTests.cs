using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Recovery;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Recovery;

public sealed class StationRecoveryTests
{
    private const string Resumes = "{ resume_within: 15 min }";

    [Fact]
    public async Task Start_RunKilledInTheMiddle_GoesOnToItsEndInTheSameFile()
    {
        await using var dead = await ServiceBench.StartAsync();
        var before = await dead.StartAndHoldAsync(Plating.For("60 s", Resumes));
        var durable = await DurableRowsAsync(before);
        await using var bench = await AfterKillAsync(dead, before);

        var recovery = Recovery(bench, out var board);
        await recovery.StartAsync(default);
        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(before.RunId, run.RunId);
        var conclusion = await run.Session!.Conclusion;

        Assert.Equal(RunOutcome.Completed, conclusion.Ending!.Outcome);
        Assert.Same(run.Session, board.Of(Plating.Channel)!.Session);
        Assert.Equal(RecoveryAction.Resumed, await ActionAsync(recovery));
        using var reader = RunFileReader.Open(run.Session.Folder!);
        Assert.Equal(RunOutcome.Completed, reader.Ending!.Outcome);
        var steps = reader.Steps;
        Assert.Equal([1, 2, 3], steps.Select(s => s.StepCount));
        Assert.Equal(1e-3 / 60, steps[1].DischargingAmpHours, 1e-7);
        Assert.Equal(1e-3 / 60, steps[2].ChargingAmpHours, 1e-7);
        var rows = reader.EnumerateSamples().ToList();
        Assert.True(rows.Count > durable);
        Assert.Equal(rows.Select(r => r.TimeNanoseconds).Order().Distinct(), rows.Select(r => r.TimeNanoseconds));
        Assert.Single(reader.Events, e => e.Kind == "restart_gap");
        Assert.Equal(RunOutcome.Completed, new RunCatalogue(bench.Data).Find(before.RunId!).Outcome);
    }

    [Fact]
    public async Task Start_AfterAnOrderlyShutdown_GoesOnToItsEnd()
    {
        await using var stopped = await ServiceBench.StartAsync();
        var before = await stopped.StartAndHoldAsync(Plating.For("60 s", Resumes) with { EndOnPause = false });
        await DurableRowsAsync(before);
        await stopped.StopAsync();
        var left = await before.Conclusion;
        await using var bench = await ServiceBench.StartAsync(prepare: data => Directory.Move(before.Folder!, Path.Combine(data.RunsPath, before.RunId!)));

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);
        var run = Assert.Single(recovery.Outcomes);
        var conclusion = await run.Session!.Conclusion;

        Assert.Equal(new RunConclusion(null, null, null), left);
        Assert.False(stopped.Cell.OutputIsOn);
        Assert.Equal(RunOutcome.Completed, conclusion.Ending!.Outcome);
        using var reader = RunFileReader.Open(run.Session.Folder!);
        Assert.Contains(reader.Events, e => e.Kind == "service_stopped");
        Assert.Equal(1e-3 / 60, reader.Steps[1].DischargingAmpHours, 1e-7);
    }

    [Fact]
    public async Task Start_ProtocolSaysStop_ClosesTheRunAsInterrupted()
    {
        await using var dead = await ServiceBench.StartAsync();
        var before = await dead.StartAndHoldAsync(Plating.For("60 s", "stop"));
        await DurableRowsAsync(before);
        await using var bench = await AfterKillAsync(dead, before);

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);

        Assert.Equal(RecoveryAction.Closed, Assert.Single(recovery.Outcomes).Action);
        Assert.Equal(RunOutcome.Interrupted, new RunCatalogue(bench.Data).Find(before.RunId!).Outcome);
        Assert.False(bench.Cell.OutputIsOn);
    }

    [Fact]
    public async Task Start_OpenCircuitIsAnother_HoldsTheRun()
    {
        await using var dead = await ServiceBench.StartAsync();
        var before = await dead.StartAndHoldAsync(Plating.For("60 s", Resumes));
        await DurableRowsAsync(before);
        await using var bench = await AfterKillAsync(dead, before);
        bench.Cell.Cell = (_, _) => (0.4, 0);

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);

        Assert.Equal(RecoveryAction.Held, await ActionAsync(recovery));
        var run = Assert.Single(recovery.Outcomes);
        Assert.Contains("open circuit 0.4000 V", run.Reason, StringComparison.Ordinal);
        Assert.False(bench.Cell.OutputIsOn);
        run.Session!.End();
        Assert.Equal(RunOutcome.Stopped, (await run.Session.Conclusion).Ending!.Outcome);
    }

    [Fact]
    public async Task Start_ChannelIsGone_ClosesTheRunWithTheReason()
    {
        await using var bench = await ServiceBench.StartAsync(prepare: data => LeaveOpen(data, Plating.For("60 s", Resumes), "elsewhere/1"));

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);

        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(RecoveryAction.Closed, run.Action);
        Assert.Contains("elsewhere/1 is not in station 'test'", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProtocolIsNotUnderstoodAnyMore_ClosesTheRunWithTheReason()
    {
        var order = Plating.For("60 s", Resumes) with { ProtocolText = "protocol: plating\nsteps: 7\n" };
        await using var bench = await ServiceBench.StartAsync(prepare: data => LeaveOpen(data, order, "demo/1"));

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);

        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(RecoveryAction.Closed, run.Action);
        Assert.Contains("cannot be executed any more", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RunHadTrippedAndWasNotClosed_IsClosedAsTrippedAndTheChannelWaits()
    {
        await using var bench = await ServiceBench.StartAsync(prepare: data => LeaveOpen(
            data, Plating.For("60 s", Resumes), "demo/1", new RunEvent(7, "limit", "2 V is above 1 V"), new RunEvent(7, "run_ended", "2 V is above 1 V")));

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);
        var link = bench.Services.GetRequiredService<StationHost>().LinkOf(Plating.Channel);
        while (link.Snapshot(Plating.Channel).State != ChannelState.Tripped)
        {
            await Task.Yield();
        }

        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(RunOutcome.Tripped, new RunCatalogue(bench.Data).Find(run.RunId!).Outcome);
        Assert.Equal("2 V is above 1 V", link.Snapshot(Plating.Channel).Message);
    }

    [Fact]
    public async Task Start_TripWasKeptBeforeTheRunsLastCommit_ClosesTheRunAsTripped()
    {
        await using var bench = await ServiceBench.StartAsync(prepare: data =>
        {
            LeaveOpen(data, Plating.For("60 s", Resumes), "demo/1");
            File.WriteAllText(Path.Combine(data.Path, "latches.json"), "[{\"channel\":\"demo/1\",\"state\":\"tripped\",\"reason\":\"2 V is above 1 V\"}]");
        });

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);

        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(RecoveryAction.Closed, run.Action);
        Assert.Equal(RunOutcome.Tripped, new RunCatalogue(bench.Data).Find(run.RunId!).Outcome);
    }

    [Fact]
    public async Task Start_FileThatIsNone_IsLeftAndSaid()
    {
        await using var bench = await ServiceBench.StartAsync(prepare: data =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(data.RunsPath, "odd")).FullName;
            File.WriteAllText(Path.Combine(folder, RunFolder.RunFileName), new string('x', 5000));
            File.WriteAllText(Path.Combine(folder, "run.lock"), "");
        });

        var recovery = Recovery(bench, out _);
        await recovery.StartAsync(default);

        var run = Assert.Single(recovery.Outcomes);
        Assert.Equal(RecoveryAction.Left, run.Action);
        Assert.Contains("not a sound run file", run.Reason, StringComparison.Ordinal);
    }

    private static async Task<long> DurableRowsAsync(RunSession session)
    {
        // Real time: the recorder commits once a second.
        while (session.Snapshot().Recorder.DurableRows < 20 && !session.Conclusion.IsCompleted)
        {
            using var reader = RunFileReader.Open(session.Folder!);
            if (reader.Progress is { Rows: >= 20 } progress)
            {
                return progress.Rows;
            }

            await Task.Yield();
        }

        return session.Snapshot().Recorder.DurableRows;
    }

    private static async Task<RecoveryAction> ActionAsync(StationRecovery recovery)
    {
        while (recovery.Outcomes[0].Action == RecoveryAction.Recovering)
        {
            await Task.Yield();
        }

        return recovery.Outcomes[0].Action;
    }

    /// <summary>A new process over what the disk held when the old one died. (The old one is still there in truth, and is ended.)</summary>
    private static async Task<ServiceBench> AfterKillAsync(ServiceBench dead, RunSession before)
    {
        var bench = await ServiceBench.StartAsync(prepare: data => CopyAsKilled(before.Folder!, data));
        before.End();
        dead.LetTimeGoOn();
        await before.Conclusion;
        return bench;
    }

    /// <summary>What the disk holds when the process dies now.</summary>
    private static void CopyAsKilled(string folder, DataFolder data)
    {
        var copy = Directory.CreateDirectory(Path.Combine(data.RunsPath, Path.GetFileName(folder))).FullName;
        foreach (var name in new[] { "run.sqlite", "run.sqlite-wal" })
        {
            File.Copy(Path.Combine(folder, name), Path.Combine(copy, name));
        }

        File.WriteAllText(Path.Combine(copy, "run.lock"), "");
    }

    private static void LeaveOpen(DataFolder data, RunOrder order, string channel, params RunEvent[] after)
    {
        var folder = data.CreateRun(Plating.Channel, TimeProvider.System, new Random(1));
        using var recorder = new Recorder(TimeProvider.System).Open(folder, new RunHeader
        {
            RunId = folder.RunId,
            ChannelId = channel,
            StartedUtc = DateTimeOffset.UnixEpoch,
            Simulated = true,
            ProtocolName = order.Program.ProtocolName,
            ProtocolVersion = 1,
            Measure = order.Program.Measure,
            ProtocolText = order.ProtocolText,
            ProtocolSha256 = "",
            Parameters = order.Parameters,
            Cell = order.Program.Cell,
            Profile = "fake",
            ProfileText = "",
            SoftwareVersion = "",
            ResumeWithinSeconds = 900,
        }, new RecorderOptions());
        recorder.Append(new RunEvent(0, "start_intent", "to start"));
        foreach (var found in after)
        {
            recorder.Append(found);
        }
    }

    private static StationRecovery Recovery(ServiceBench bench, out RunBoard board)
    {
        board = new RunBoard();
        var services = bench.Services;
        return new StationRecovery(
            services.GetRequiredService<StationHost>(),
            bench.Data,
            bench.Launcher,
            services.GetRequiredService<RunCatalogue>(),
            board,
            bench.FollowUp,
            new LatchBook(bench.Data, NullLogger<LatchBook>.Instance),
            NullLogger<StationRecovery>.Instance);
    }
}
