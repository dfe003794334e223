using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Reports;
using CyclerControl.Service.Runs;

namespace CyclerControl.Service.Tests.Runs;

public sealed class RunLauncherTests
{
    [Fact]
    public async Task Start_ShortProtocol_RunsToItsEndAndClosesTheRecording()
    {
        await using var bench = await ServiceBench.StartAsync();

        var session = await bench.Launcher.StartAsync(Plating.For("60 s"));
        var conclusion = await session.Conclusion;

        Assert.Null(conclusion.Refusal);
        Assert.Null(conclusion.RecordingFailure);
        Assert.Equal(RunOutcome.Completed, conclusion.Ending?.Outcome);
        Assert.False(bench.Cell.OutputIsOn);
        using var reader = RunFileReader.Open(session.Folder!);
        Assert.Equal(conclusion.Ending, reader.Ending);
        var last = reader.EnumerateSamples().Last();
        Assert.Equal(1e-3 / 60, last.ChargingAmpHours, 1e-7);
        Assert.Equal(1e-3 / 60, last.DischargingAmpHours, 1e-7);
    }

    [Fact]
    public async Task Start_Header_SaysWhoWhatWhereAndWithWhat()
    {
        await using var bench = await ServiceBench.StartAsync();
        var order = Plating.For("10 s");

        var session = await bench.Launcher.StartAsync(order);
        await session.Conclusion;

        using var reader = RunFileReader.Open(session.Folder!);
        var header = reader.Header;
        Assert.Equal(session.RunId, header.RunId);
        Assert.Equal("demo/1", header.ChannelId);
        Assert.Equal("Ada", header.Operator);
        Assert.Equal(order.ProtocolText, header.ProtocolText);
        Assert.Equal("profile: fake\n", header.ProfileText);
        Assert.Equal(bench.Link.Identity.ToString(), header.InstrumentIdentity);
        Assert.Equal(RunLauncher.SoftwareVersion, header.SoftwareVersion);
        Assert.Equal("a resistor", header.SimulationNote);
        Assert.True(header.Simulated);
        Assert.Matches("^[0-9a-f]{64}$", header.ProtocolSha256);
    }

    [Fact]
    public async Task End_InTheMiddle_SwitchesOffAndIsStopped()
    {
        await using var bench = await ServiceBench.StartAsync();
        var session = await bench.StartAndHoldAsync();

        session.End();
        bench.LetTimeGoOn();
        var conclusion = await session.Conclusion;

        Assert.Equal(RunOutcome.Stopped, conclusion.Ending?.Outcome);
        Assert.False(bench.Cell.OutputIsOn);
        using var reader = RunFileReader.Open(session.Folder!);
        Assert.Equal(RunOutcome.Stopped, reader.Ending?.Outcome);
    }

    [Fact]
    public async Task HostStop_InTheMiddle_SwitchesOffAndClosesTheRecording()
    {
        await using var bench = await ServiceBench.StartAsync();
        var session = await bench.StartAndHoldAsync();

        bench.LetTimeGoOn();
        await bench.StopAsync();
        await session.Conclusion;

        Assert.False(bench.Cell.OutputIsOn);
        using var reader = RunFileReader.Open(session.Folder!);
        Assert.NotNull(reader.Ending);
    }

    [Fact]
    public async Task Start_BusyChannel_IsRefusedWithTheReasonAndTheFirstRunGoesOn()
    {
        await using var bench = await ServiceBench.StartAsync();
        var first = await bench.StartAndHoldAsync();

        var second = await (await bench.Launcher.StartAsync(Plating.For("10 s"))).Conclusion;

        Assert.Contains("channel demo/1 is busy", second.Refusal);
        Assert.False(first.Conclusion.IsCompleted);
        Assert.True(bench.Cell.OutputIsOn);
        first.End();
        bench.LetTimeGoOn();
        Assert.Equal(RunOutcome.Stopped, (await first.Conclusion).Ending?.Outcome);
    }

    [Fact]
    public async Task Start_UnreachableInstrument_ThrowsItsReasonAndRecordsNothing()
    {
        await using var bench = await ServiceBench.StartAsync(refuses: () => new InstrumentUnreachableException("demo: connection refused"));

        var refused = await Assert.ThrowsAnyAsync<InstrumentException>(() => bench.Launcher.StartAsync(Plating.For("10 s")));

        Assert.Contains("connection refused", refused.Message);
        Assert.Empty(Directory.GetFileSystemEntries(bench.Data.RunsPath));
    }

    [Fact]
    public async Task Start_ChannelOfAnotherStation_IsABrokenPromise()
    {
        await using var bench = await ServiceBench.StartAsync();
        var order = Plating.For("10 s") with { Channel = new ChannelId("elsewhere", 1) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Launcher.StartAsync(order));
    }

    [Fact]
    public async Task Reports_AfterTheEnd_AreWrittenBesideTheRun()
    {
        await using var bench = await ServiceBench.StartAsync();
        var session = await bench.Launcher.StartAsync(Plating.For("60 s"));
        await session.Conclusion;

        var report = RunReports.Write(session.Folder!);

        Assert.Equal(RunOutcome.Completed, report.Ending?.Outcome);
        Assert.Contains("\"completed\"", await File.ReadAllTextAsync(Path.Combine(session.Folder!, RunReports.JsonFileName)));
        Assert.Contains("plating", await File.ReadAllTextAsync(Path.Combine(session.Folder!, RunReports.MarkdownFileName)));
        Assert.All(report.Files.Values, file => Assert.True(File.Exists(file), file));
    }
}
