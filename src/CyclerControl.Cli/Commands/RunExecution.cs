using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Analysis.Reports;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Locks;
using CyclerControl.Service.Preflight;
using CyclerControl.Service.Reports;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Cli.Commands;

/// <summary>One `cycler run`, with everything the command line said.</summary>
internal sealed record RunExecution
{
    private const string DefaultChannel = "demo/1";

    public required string Protocol { get; init; }

    public required StationChoice Station { get; init; }

    public required string? Channel { get; init; }

    public required string? Cell { get; init; }

    public required IReadOnlyList<string> Parameters { get; init; }

    public required string Data { get; init; }

    public required string? Operator { get; init; }

    public required string? OverrideReason { get; init; }

    public required bool RealTime { get; init; }

    public required bool Json { get; init; }

    /// <summary>Looks at everything that the start would look at, and starts nothing.</summary>
    public bool IsPreflightOnly { get; init; }

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var source = ProtocolSource.Load(Protocol, Cell, Parameters);
        using var station = StationComposer.Compose(Station);
        var (channel, instrument) = station.Find(Channel ?? DefaultChannelOf(station));
        var compiled = source.Compile(instrument.Link.Capabilities);
        if (station.Links.OtherKind(channel, compiled.Program!) is { } other)
        {
            throw new InputException("--channel: " + other);
        }

        if (RealTime && station.Links.Clock.Kind == ClockKind.Virtual)
        {
            throw new InputException("--realtime: at --speed max no thread waits for time, and one that outranks all others would only starve them; add --speed 1");
        }

        var data = DataFolder.Open(Data);
        ServiceLock.RefuseBeside(data.Path);
        if (!instrument.Link.IsSimulated && await LatchedAsync(data, channel) is { } latch)
        {
            StandardStreams.Problem(
                $"cycler: refused: {channel} is {latch.State} since a service ran it in this data folder: {latch.Reason}. Look at the cell, then 'cycler serve' and 'cycler acknowledge {channel}'");
            return ExitCode.Tripped;
        }

        using var host = CyclerHost.Build(station.Links with { RealTime = RealTime }, data);
        await host.StartAsync(CancellationToken.None);
        RunSession? session = null;
        var wasUnconfirmed = false;
        try
        {
            var launcher = host.Services.GetRequiredService<RunLauncher>();
            var order = Order(source, compiled, channel);
            if (IsPreflightOnly)
            {
                return PrintPreflight(await launcher.PreflightAsync(order));
            }

            session = await launcher.StartAsync(order);
            (var code, wasUnconfirmed) = await FollowAsync(host, session, compiled.Program!, station.Links.Clock, stop);
            return code;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
            if (wasUnconfirmed)
            {
                TellLate(channel, session!.Snapshot().Output);
            }
        }
    }

    /// <summary>The links have some time to come back before this program ends: what was not known of the output may be known now.</summary>
    private static void TellLate(ChannelId channel, OutputState now) => StandardStreams.Problem(now == OutputState.Off
        ? $"cycler: {channel}: the link is back, output off, confirmed"
        : $"cycler: {channel}: OUTPUT STILL UNCONFIRMED: look at the instrument");

    /// <summary>A trip outlasts the service that saw it: another way to the same channel is no way around it.</summary>
    private static async Task<ChannelLatch?> LatchedAsync(DataFolder data, ChannelId channel)
    {
        await using var latches = new LatchBook(data, NullLogger<LatchBook>.Instance);
        return latches.Of(channel);
    }

    private async Task<(int Code, bool WasUnconfirmed)> FollowAsync(IHost host, RunSession session, RunProgram program, IClock clock, CancellationToken stop)
    {
        if (PreflightOutput.Tell(session.Preflight, OverrideReason))
        {
            return (ExitCode.Tripped, false);
        }

        var progress = RunDisplays.ProgressOf(program);
        var display = RunDisplays.Create(progress, program.ProtocolName, session.Snapshot().Channel, Json);
        if (session.Timing.RealTime is { } asked)
        {
            display.Say($"real time: {asked.Words}");
        }

        using var ctrlC = stop.Register(session.End);
        if (!await new RunFollower(session, display, progress, clock).UntilOverAsync(stop))
        {
            StandardStreams.Problem(
                $"cycler: {session.Snapshot().Channel}: the link is lost, OUTPUT UNCONFIRMED: look at the instrument. It is tried for 10 s more, then the recording is closed");
            await host.StopAsync(CancellationToken.None); // Its links give up, and the run ends without a confirmation.
        }

        var conclusion = await session.Conclusion;
        if (conclusion.Refusal is { } refusal)
        {
            StandardStreams.Problem($"cycler: refused: {refusal}");
            return (ExitCode.Tripped, false);
        }

        if (session.Folder is not { } folder)
        {
            StandardStreams.Problem($"cycler: {conclusion.Ending?.Reason}"); // The link was lost between its opening and the start.
            return (OutcomeText.ExitCode(conclusion.Ending?.Outcome) ?? ExitCode.InternalFailure, false);
        }

        var report = RunReports.Write(folder);
        RunSummary.Print(report, folder, Json);
        var wasUnconfirmed = report.Events.LastOrDefault(e => e.Kind is "output_off" or "output_unconfirmed")?.Kind == "output_unconfirmed";
        if (conclusion.RecordingFailure is { } failure)
        {
            StandardStreams.Problem($"cycler: {failure}");
            return (ExitCode.InternalFailure, wasUnconfirmed);
        }

        return (OutcomeText.ExitCode(report.Ending?.Outcome) ?? ExitCode.InternalFailure, wasUnconfirmed);
    }

    private int PrintPreflight(PreflightReport report)
    {
        foreach (var line in Json ? [PreflightText.Json(report, OverrideReason)] : PreflightText.Lines(report))
        {
            StandardStreams.Line(line);
        }

        return report.Blocking(OverrideReason).IsEmpty ? ExitCode.Planned : ExitCode.Tripped;
    }

    private string DefaultChannelOf(ComposedStation station) => Station.File is null
        ? DefaultChannel
        : throw new InputException($"--channel: required with --station; '{station.Links.Name}' has {string.Join(", ", station.Links.Channels)}");

    private RunOrder Order(ProtocolSource source, CompiledProtocol compiled, ChannelId channel) => new()
    {
        Channel = channel,
        Program = compiled.Program!,
        Warnings = [.. compiled.Warnings.Select(w => w.ToString())],
        OverrideReason = OverrideReason,
        ProtocolText = source.Text,
        Parameters = source.Parameters,
        Operator = Operator,
        EndOnPause = true,
    };
}
