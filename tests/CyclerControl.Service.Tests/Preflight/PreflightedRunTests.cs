using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Preflight;

namespace CyclerControl.Service.Tests.Preflight;

/// <summary>What preflight does to a start.</summary>
public sealed class PreflightedRunTests
{
    [Fact]
    public async Task Start_FailureThatNobodyOverrides_WritesNothingToTheChannelAndRecordsNothing()
    {
        await using var bench = await ServiceBench.StartAsync();
        bench.Cell.Cell = (_, _) => (0.5, 0);

        var session = await bench.Launcher.StartAsync(Plating.For("60 s"));
        var conclusion = await session.Conclusion;

        Assert.Contains("on a symmetric cell, more than 100 mV", conclusion.Refusal, StringComparison.Ordinal);
        Assert.Null(session.Folder);
        Assert.Equal(["identify", "safe", "demo/1 read", "demo/1 read", "demo/1 read"], bench.Link.Wire.Exchanges);
        Assert.Empty(Directory.GetDirectories(bench.Data.RunsPath));
    }

    [Fact]
    public async Task Start_Overridden_RunsAndTheFileSaysWhy()
    {
        await using var bench = await ServiceBench.StartAsync();
        bench.Cell.Cell = (setpoint, _) => (0.15 + (setpoint.Amperes * 100), setpoint.Amperes);

        var session = await bench.Launcher.StartAsync(Plating.For("10 s") with { OverrideReason = "aged electrodes" });
        var conclusion = await session.Conclusion;

        Assert.Null(conclusion.Refusal);
        Assert.NotNull(conclusion.Ending);
        using var reader = RunFileReader.Open(session.Folder!);
        var remark = Assert.Single(reader.Events, e => e.Kind == PreflightReport.EventKind);
        Assert.Contains("reason given: aged electrodes", remark.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Warnings_AreEventsOfTheRun()
    {
        await using var bench = await ServiceBench.StartAsync();

        var session = await bench.Launcher.StartAsync(Plating.For("10 s") with { Warnings = ["small.yaml:7:1: sample.every: is a wish"] });
        var conclusion = await session.Conclusion;

        Assert.Equal(RunOutcome.Completed, conclusion.Ending?.Outcome);
        using var reader = RunFileReader.Open(session.Folder!);
        Assert.Equal("warning: protocol: small.yaml:7:1: sample.every: is a wish", Assert.Single(reader.Events, e => e.Kind == PreflightReport.EventKind).Message);
        Assert.Single(session.Preflight.Warnings);
    }

    [Fact]
    public async Task Start_ChannelWithARun_IsRefusedAndTheRunGoesOn()
    {
        await using var bench = await ServiceBench.StartAsync();
        var first = await bench.StartAndHoldAsync();

        var second = await bench.Launcher.StartAsync(Plating.For("10 s"));

        Assert.Contains("end its run first", (await second.Conclusion).Refusal, StringComparison.Ordinal);
        Assert.True(bench.Cell.OutputIsOn);
        bench.LetTimeGoOn();
        Assert.Equal(RunOutcome.Completed, (await first.Conclusion).Ending?.Outcome);
    }

    [Fact]
    public async Task Preflight_Asked_LooksAndStartsNothing()
    {
        await using var bench = await ServiceBench.StartAsync();

        var report = await bench.Launcher.PreflightAsync(Plating.For("10 s"));

        Assert.Empty(report.Failures);
        Assert.Contains(report.Checks, c => c is { Name: "identity", Sentence: "Fake F1 1 0 answers, a simulated instrument" });
        Assert.DoesNotContain(bench.Link.Wire.Exchanges, e => e.Contains("prepare", StringComparison.Ordinal) || e.Contains("apply", StringComparison.Ordinal));
    }
}
