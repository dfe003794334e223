using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Runs;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler tail RUN`: the events of a run as they are recorded, until it has ended.</summary>
public sealed class TailCommand : RemoteCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    public override IReadOnlyList<string> Examples { get; } = ["cycler tail last", "cycler tail last --json"];

    internal override Command Build()
    {
        var run = CommonOptions.Run();
        var json = CommonOptions.Json();
        var command = new Command("tail", "Print the events of a run as they come, until it has ended; Ctrl-C leaves it alone.") { run, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, client => FollowAsync(client, parsed.GetRequiredValue(run), parsed.GetValue(json), stop)));
        return WithExamples(command);
    }

    private static async Task<int> FollowAsync(CyclerClient client, string wanted, bool json, CancellationToken stop)
    {
        using var ticker = new PeriodicTimer(s_interval, TimeProvider.System);
        try
        {
            var runId = (await client.RunAsync(wanted, stop)).RunId; // 'last' may soon mean another one.
            long seen = 0;
            while (true)
            {
                var info = await client.RunAsync(runId, stop);
                foreach (var runEvent in await client.EventsAsync(runId, seen, stop))
                {
                    seen = runEvent.Seq;
                    StandardStreams.Line(json ? JsonSerializer.Serialize(runEvent, ApiJson.Options) : Line(runEvent));
                }

                if (info.Outcome != "running")
                {
                    return ExitCode.Planned;
                }

                await ticker.WaitForNextTickAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Planned;
        }
    }

    private static string Line(RunEventInfo runEvent) => $"{RunProgress.Duration(runEvent.TimeSeconds),12}  {runEvent.Kind,-20} {runEvent.Message}";
}
