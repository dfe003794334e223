using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler profiles list`: the shipped instrument profiles.</summary>
public sealed class ProfilesCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler profiles list", "cycler profiles list --json"];

    private static readonly string[] s_trials = ["cycler profiles check my-smu.yaml --connect tcp://192.168.0.20:5025", "cycler profiles record my-smu.yaml --connect tcp://192.168.0.20:5025"];

    internal override Command Build()
    {
        var json = CommonOptions.Json();
        var list = new Command("list", "List the shipped profiles.") { json };
        list.SetAction(parsed => List(parsed.GetValue(json)));
        CyclerCommandLine.AppendExamples(list, Examples);
        var (check, record) = (ProfileTrials.Check(), ProfileTrials.Record());
        CyclerCommandLine.AppendExamples(check, [s_trials[0]]);
        CyclerCommandLine.AppendExamples(record, [s_trials[1]]);
        return WithExamples(new Command("profiles", "Hardware profiles: types of instruments, as data.") { list, check, record });
    }

    private static int List(bool json)
    {
        var profiles = ProfileLibrary.Shipped.Profiles;
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(profiles.Select(p => new { profile = p.Name, adapter = p.Adapter.ToString().ToLowerInvariant(), channels = p.ChannelCount, about = p.About, watchdog_s = p.Capabilities.WatchdogTimeout?.TotalSeconds, watched_only = p.Capabilities.IsWatched, abort_latency_s = p.Capabilities.IsWatched ? (double?)null : p.Capabilities.AbortLatency.TotalSeconds, stop_latency_s = p.Capabilities.IsWatched ? (double?)null : (p.Capabilities.StopLatency ?? p.Capabilities.AbortLatency).TotalSeconds, buffered_abort_latency_s = p.Capabilities.Buffered is { } b ? p.Capabilities.AbortLatencyAt(b.Fastest).TotalSeconds : (double?)null })));
            return ExitCode.Planned;
        }

        foreach (var profile in profiles)
        {
            StandardStreams.Line($"{profile.Name,-18} {profile.Adapter.ToString().ToLowerInvariant(),-10} {profile.ChannelCount,2} channel(s)  {profile.About}");
            var watchdog = profile is { Adapter: ProfileAdapter.Simulated, Capabilities.WatchdogTimeout: null } ? Safeguards.OfModel : Safeguards.Watchdog(profile.Capabilities);
            StandardStreams.Line($"{"",-18} {watchdog}; {Safeguards.Stop(profile.Capabilities)}");
        }

        return ExitCode.Planned;
    }
}
