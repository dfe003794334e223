using System.CommandLine;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Channels;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Configuration;
using CyclerControl.Service.Locks;
using CyclerControl.Service.Security;
using CyclerControl.Service.Stations;
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
        var options = new ServeOptions();
        var seed = CommonOptions.Seed();
        var speed = new Option<string>("--speed") { Description = "Simulated stations only: test seconds per second.", DefaultValueFactory = _ => "1", HelpName = "X" };
        var truth = new Option<string?>("--truth") { Description = "Built-in station only: write what the simulated cycler really did, as JSON lines.", HelpName = "FILE" };
        var command = new Command("serve", "Run the service: all channels of a station, behind an API. Ctrl-C switches all outputs off and ends it.")
        {
            seed, speed, truth,
        };
        options.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var reading = options.Read(parsed);
            if (reading.Configuration is not { } configuration)
            {
                throw new InputException(reading.Problems);
            }

            var choice = new StationChoice(
                configuration.Station, parsed.GetValue(seed), parsed.GetValue(speed)!, parsed.GetResult(speed) is { Implicit: false }, parsed.GetValue(truth));
            return ServeAsync(choice, configuration, new EffectiveConfiguration([.. reading.Values.Values]), stop);
        });
        return WithExamples(command);
    }

    private static async Task<int> ServeAsync(StationChoice choice, ServiceConfiguration configuration, EffectiveConfiguration effective, CancellationToken stop)
    {
        if (choice.Speed == "max")
        {
            throw new InputException("--speed: 'max' is for 'cycler run': a service lives in the time of the people that it serves; write --speed 100");
        }

        var data = DataFolder.Open(configuration.Data);
        using var folder = ServiceLock.Take(data.Path, configuration.Url.GetLeftPart(UriPartial.Authority), TimeProvider.System);
        var tokens = OpenTokens(data);
        if (configuration.Security.IsOnNetwork && !tokens.HasNamedUser)
        {
            throw new InputException(
                $"url: '{configuration.Url}' can be reached by others, and nobody but the first administrator has a token; start once on this computer only ('cycler serve'), make one ('cycler token add NAME --role admin'), then start like this again");
        }

        using var station = StationComposer.Compose(choice);
        using var metrics = MetricsExport.Start();
        await using var web = ServeHost.Build(station.Links with { RealTime = configuration.RealTime }, data, configuration, effective, tokens);
        await web.StartAsync(stop);
        var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        folder.Tell(addresses.First());
        StandardStreams.Line($"station '{station.Links.Name}' with {station.Links.Channels.Count()} channels; data in {data.Path}");
        if (tokens.NewAdminTokenFile is { } file)
        {
            StandardStreams.Line($"first start: the administrator's token is in {file}; 'cycler login --token-file {Path.GetRelativePath(Environment.CurrentDirectory, file)}' lets you in");
        }

        if (configuration.Security.IsOnNetwork && configuration.Certificate is null)
        {
            StandardStreams.Problem("warning: without TLS everybody on this network can read tokens, and then start and end runs");
        }

        StandardStreams.Line($"listening on {string.Join(", ", addresses)}");
        var links = web.Services.GetRequiredService<StationHost>();
        var snapshots = station.Links.Channels.ToDictionary(channel => channel, links.LinkOf);
        using var ctrlC = stop.Register(() => web.Lifetime.StopApplication());
        await web.WaitForShutdownAsync(CancellationToken.None);
        foreach (var line in Farewell(snapshots.ToLookup(channel => channel.Value.Snapshot(channel.Key).Output, channel => channel.Key)))
        {
            StandardStreams.Line(line);
        }

        return ExitCode.Planned;
    }

    /// <summary>What this program leaves behind: which channels go on without it, and which nobody knows of.</summary>
    private static IEnumerable<string> Farewell(ILookup<OutputState, ChannelId> left)
    {
        if (left[OutputState.On].Any())
        {
            yield return $"go on without this program, under the instrument's own limits: {string.Join(", ", left[OutputState.On])}";
        }

        if (left[OutputState.Unconfirmed].Any())
        {
            yield return $"OUTPUT UNCONFIRMED, look at them: {string.Join(", ", left[OutputState.Unconfirmed])}";
        }

        if (left[OutputState.NotOurs].Any())
        {
            yield return $"not ours to switch, as they were: {string.Join(", ", left[OutputState.NotOurs])}";
        }

        yield return left.All(outputs => outputs.Key == OutputState.Off) ? "stopped: outputs off, links closed" : "stopped: all other outputs off, links closed";
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
