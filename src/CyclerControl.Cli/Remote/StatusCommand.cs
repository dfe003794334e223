using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using Spectre.Console;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler status`: what all channels do.</summary>
public sealed class StatusCommand : RemoteCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    public override IReadOnlyList<string> Examples { get; } = ["cycler status", "cycler status --watch", "cycler status --json"];

    internal override Command Build()
    {
        var watch = new Option<bool>("--watch") { Description = "Renew the table every second until Ctrl-C." };
        var json = CommonOptions.Json();
        var command = new Command("status", "Show all channels of the service.") { watch, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, client => parsed.GetValue(watch) && !parsed.GetValue(json)
            ? WatchAsync(client, stop)
            : ShowAsync(client, parsed.GetValue(json), stop)));
        return WithExamples(command);
    }

    private static async Task<int> ShowAsync(CyclerClient client, bool json, CancellationToken stop)
    {
        var channels = await client.ChannelsAsync(stop);
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(channels, ApiJson.Options));
            return ExitCode.Planned;
        }

        foreach (var line in StatusTable.Lines(channels))
        {
            StandardStreams.Line(line);
        }

        foreach (var line in StatusTable.Lines((await client.StationAsync(stop)).Recovered))
        {
            StandardStreams.Line(line);
        }

        return ExitCode.Planned;
    }

    private static async Task<int> WatchAsync(CyclerClient client, CancellationToken stop)
    {
        using var ticker = new PeriodicTimer(s_interval, TimeProvider.System);
        try
        {
            await AnsiConsole.Live(new Text("")).StartAsync(async live =>
            {
                do
                {
                    live.UpdateTarget(new Text(string.Join('\n', StatusTable.Lines(await client.ChannelsAsync(stop)))));
                }
                while (await ticker.WaitForNextTickAsync(stop));
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        return ExitCode.Planned;
    }
}
