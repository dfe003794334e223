using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording;
using CyclerControl.Service.Answers;
using CyclerControl.Service.Hosting;
using CyclerControl.Service.Preflight;
using CyclerControl.Service.Protocols;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Channels;

/// <summary>Starts runs on channels: reads and resolves the protocol, refuses with all reasons at once, and answers when the recording is open.</summary>
public sealed class ChannelStarter(StationHost station, RunLauncher launcher, RunBoard board, ProtocolLibrary protocols, ServiceGate gate, RunFollowUp followUp)
{
    /// <param name="queued">The order of the queue that is to start; null when somebody asks directly.</param>
    public async Task<Answer<StartAnswer>> StartAsync(ChannelId channel, StartRequest request, QueuedOrder? queued = null)
    {
        if (Obstacle(channel) is { } obstacle)
        {
            return obstacle;
        }

        var order = Plan(channel, request);
        return order.Refusal is { } refusal ? refusal : await LaunchAsync(order.Value!, queued);
    }

    /// <summary>All that a start would look at, without starting.</summary>
    public async Task<Answer<IReadOnlyList<PreflightFinding>>> PreflightAsync(ChannelId channel, StartRequest request)
    {
        if (station.Station.InstrumentOf(channel) is null)
        {
            return ChannelWishes.Unknown(station, channel);
        }

        var order = Plan(channel, request);
        if (order.Refusal is { } refusal)
        {
            return refusal;
        }

        var report = await launcher.PreflightAsync(order.Value!);
        return new Answer<IReadOnlyList<PreflightFinding>>(
            [.. report.Checks.Select(c => new PreflightFinding(c.Name, c.Status.ToString().ToLowerInvariant(), c.Sentence, c.IsOverridable))], null);
    }

    /// <summary>Reads and resolves what was asked for; all problems at once.</summary>
    private Answer<RunOrder> Plan(ChannelId channel, StartRequest request)
    {
        var text = request.ProtocolText ?? "";
        if (request.ProtocolText is null)
        {
            var read = protocols.Read(request.Protocol);
            if (read.Refusal is { } missing)
            {
                return missing;
            }

            text = read.Value!;
        }

        var parameters = request.Parameters ?? new Dictionary<string, string>();
        var (plan, problems) = PlannedProtocol.Read(request.Protocol, text, request.Cell, parameters);
        if (plan is null)
        {
            return new Refusal(RefusalKind.Invalid, [.. problems.Select(p => p.ToString())]);
        }

        var instrument = station.Station.InstrumentOf(channel)!;
        var compiled = plan.Compile(instrument.Link.Capabilities);
        if (compiled.Program is not { } program)
        {
            return new Refusal(RefusalKind.Invalid, [.. compiled.Problems.Select(p => p.ToString())]);
        }

        if (station.Station.OtherKind(channel, program) is { } other)
        {
            return new Refusal(RefusalKind.Invalid, other);
        }

        return new RunOrder
        {
            Channel = channel,
            Program = program,
            ProtocolText = plan.Text,
            Parameters = plan.Parameters,
            Operator = request.Operator,
            Warnings = [.. compiled.Warnings.Select(w => w.ToString())],
            OverrideReason = request.OverrideReason,
        };
    }

    private async Task<Answer<StartAnswer>> LaunchAsync(RunOrder order, QueuedOrder? queued)
    {
        RunSession session;
        BoardedRun? boarded = null;
        try
        {
            session = await launcher.StartAsync(order, begun => board.Put(boarded = Boarded(order, begun, queued)));
        }
        catch (InstrumentException unreachable)
        {
            return new Refusal(RefusalKind.Unavailable, $"channel {order.Channel} is offline: {unreachable.Message}");
        }

        if (session.Preflight.Blocking(order.OverrideReason) is { IsEmpty: false } blocking)
        {
            return new Refusal(RefusalKind.Conflict, [.. blocking.Select(PreflightReport.Reason)]);
        }

        try
        {
            await session.Begun;
            if (session.RunId is { } runId)
            {
                followUp.Take(boarded!);
                return new StartAnswer(order.Channel.ToString(), runId, [.. session.Preflight.Remarks]);
            }

            var conclusion = await session.Conclusion;
            return new Refusal(RefusalKind.Conflict, conclusion.Refusal ?? conclusion.Ending?.Reason ?? "the run did not begin");
        }
        catch (RecordingException failure)
        {
            return new Refusal(RefusalKind.Unavailable, failure.Message);
        }
    }

    private static BoardedRun Boarded(RunOrder order, RunSession session, QueuedOrder? queued) =>
        new(order.Channel, session, order.Program.ProtocolName, order.Program.Cell.Id, order.Operator) { Order = queued };

    private Refusal? Obstacle(ChannelId channel)
    {
        if (gate.IsClosed)
        {
            return new Refusal(RefusalKind.Unavailable, "the service is shutting down; start it again first");
        }

        if (station.Station.InstrumentOf(channel) is null)
        {
            return ChannelWishes.Unknown(station, channel);
        }

        var snapshot = station.LinkOf(channel).Snapshot(channel);
        return snapshot.State switch
        {
            ChannelState.Tripped or ChannelState.Faulted => new Refusal(
                RefusalKind.Conflict, $"channel {channel} is {snapshot.State} ({snapshot.Message}): look at the cell, then acknowledge it"),
            ChannelState.Arming or ChannelState.Running or ChannelState.Paused or ChannelState.Stopping or ChannelState.Recovering => new Refusal(
                RefusalKind.Conflict, $"channel {channel} is {snapshot.State} with run {board.Of(channel)?.Session.RunId}: end that run first, or queue this one"),
            _ => null,
        };
    }
}
