using System.CommandLine;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Security;
using CyclerControl.Service.Locks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler serve`: owns the instruments of a station; everybody else asks it.</summary>
public sealed class ServeCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler serve",
        "cycler serve --station hardware-profiles/stations/glovebox-2.yaml --data /srv/cycler-data",
    ];

    internal override Command Build()
    {
        var station = CommonOptions.Station();
        var data = CommonOptions.Data();
        var url = new Option<string>("--url")
        {
            Description = "Where the service listens; port 0: a free one.",
            DefaultValueFactory = _ => RemoteOptions.DefaultUrl,
            HelpName = "URL",
        };
        var protocols = new Option<string>("--protocols") { Description = "Folder of the protocols that are known by name.", DefaultValueFactory = _ => "./protocols", HelpName = "FOLDER" };
        var seed = CommonOptions.Seed();
        var speed = new Option<string>("--speed") { Description = "Simulated stations only: test seconds per second.", DefaultValueFactory = _ => "1", HelpName = "X" };
        var truth = new Option<string?>("--truth") { Description = "Built-in station only: write what the simulated cycler really did, as JSON lines.", HelpName = "FILE" };
        var realTime = new Option<bool>("--realtime") { Description = "Ask for SCHED_FIFO for the link threads, and for nothing else; says whether it took effect." };
        var command = new Command("serve", "Run the service: all channels of a station, behind an API. Ctrl-C switches all outputs off and ends it.")
        {
            station, data, url, protocols, seed, speed, truth, realTime,
        };
        command.SetAction((parsed, stop) => ServeAsync(
            new StationChoice(parsed.GetValue(station), parsed.GetValue(seed), parsed.GetValue(speed)!, parsed.GetResult(speed) is { Implicit: false }, parsed.GetValue(truth)),
            parsed.GetValue(data)!,
            parsed.GetValue(url)!,
            parsed.GetValue(protocols)!,
            parsed.GetValue(realTime),
            stop));
        return WithExamples(command);
    }

    private static async Task<int> ServeAsync(StationChoice choice, string dataPath, string urlText, string protocols, bool realTime, CancellationToken stop)
    {
        var url = RemoteOptions.ParseUrl(urlText);
        if (!url.IsLoopback)
        {
            throw new InputException($"--url: '{urlText}' is not on this computer; the service listens on loopback only (127.0.0.1 or [::1])");
        }

        if (choice.Speed == "max")
        {
            throw new InputException("--speed: 'max' is for 'cycler run': a service lives in the time of the people that it serves; write --speed 100");
        }

        var data = DataFolder.Open(dataPath);
        using var folder = ServiceLock.Take(data.Path, url.GetLeftPart(UriPartial.Authority), TimeProvider.System);
        var tokens = OpenTokens(data);
        using var station = StationComposer.Compose(choice);
        using var metrics = MetricsExport.Start();
        await using var web = ServeHost.Build(station.Links with { RealTime = realTime }, data, url, Path.GetFullPath(protocols), tokens);
        await web.StartAsync(stop);
        var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        folder.Tell(addresses.First());
        StandardStreams.Line($"station '{station.Links.Name}' with {station.Links.Channels.Count()} channels; data in {data.Path}");
        if (tokens.NewAdminTokenFile is { } file)
        {
            StandardStreams.Line($"first start: the administrator's token is in {file}; 'cycler login --token-file {Path.GetRelativePath(Environment.CurrentDirectory, file)}' lets you in");
        }

        StandardStreams.Line($"listening on {string.Join(", ", addresses)}");
        using var ctrlC = stop.Register(() => web.Lifetime.StopApplication());
        await web.WaitForShutdownAsync(CancellationToken.None);
        StandardStreams.Line("stopped: outputs off, links closed");
        return ExitCode.Planned;
    }

    private static TokenStore OpenTokens(DataFolder data)
    {
        try
        {
            return TokenStore.Open(data.Path, TimeProvider.System);
        }
        catch (InvalidDataException broken)
        {
            throw new InputException(broken.Message, broken);
        }
    }
}
