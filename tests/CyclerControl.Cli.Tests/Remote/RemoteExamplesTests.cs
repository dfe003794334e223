using System.Globalization;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Remote;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Problems;
using CyclerControl.Client.Security;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>Every example of a command that asks the service works, once the channel is in the state that it is for.</summary>
public sealed class RemoteExamplesTests(ServedStation station) : IClassFixture<ServedStation>
{
    private const string Channel = "demo/3";

    /// <summary>The service takes 50 changes and 500 questions a second from one token.</summary>
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(50);

    public static TheoryData<string> Examples() => [.. CyclerCommandLine.Commands.OfType<RemoteCommand>().SelectMany(c => c.Examples)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_InTheStateThatItIsFor_Works(string example)
    {
        var words = Words(example);
        await PrepareAsync(words);

        if (words.Contains("--watch"))
        {
            using var watching = station.Start(words);
            watching.WaitForLine(l => l.Contains("demo/8", StringComparison.Ordinal));
            watching.Interrupt();
            Assert.Equal(0, watching.WaitForExit().ExitCode);
            return;
        }

        var result = station.Cycler(words);

        Assert.True(result.ExitCode == ExitCode.Planned, $"{result.ExitCode}: {result.Error}{result.Output}");
        Assert.NotEqual("", result.Output);
    }

    /// <summary>Brings the channel of the examples to where the command makes sense.</summary>
    private async Task PrepareAsync(string[] words)
    {
        foreach (var channel in new[] { "demo/1", "demo/2", Channel, "demo/4" })
        {
            await ClearAsync(channel);
        }

        station.Write("cells.csv", "channel,area,id\ndemo/1,0.785cm2,A17\ndemo/2,0.785cm2,\n");
        switch (words[0])
        {
            case "token" when words[1] == "add" && (await station.Client.TokensAsync()).Any(t => t.Name == "anna"):
                await station.Client.RevokeTokenAsync("anna");
                break;
            case "token" when words[1] == "revoke" && !(await station.Client.TokensAsync()).Any(t => t.Name == "anna"):
                await station.Client.AddTokenAsync(new TokenRequest { Name = "anna", Role = "operator" });
                break;
            case "acknowledge" or "tail":
                await station.Client.StartAsync(Channel, Order with { Protocol = "trips.yaml", ProtocolText = Trips });
                await ReachAsync(Channel, "tripped");
                break;
            case "queue" when words[1] == "confirm":
                await station.Client.EnqueueAsync("demo/4", new QueueRequest { Start = Order });
                break;
            case "queue" when words[1] == "remove":
                words[^1] = (await station.Client.EnqueueAsync("demo/8", new QueueRequest { Start = Order })).Id.ToString(CultureInfo.InvariantCulture);
                break;
            case "resume":
                await RunAsync();
                await station.Client.WishAsync(Channel, "pause", new WishRequest());
                await ReachAsync(Channel, "paused");
                break;
            case "pause" or "skip" or "stop" or "end" or "note":
                await RunAsync();
                break;
            default:
                break;
        }
    }

    private async Task RunAsync()
    {
        await station.Client.StartAsync(Channel, Order);
        await ReachAsync(Channel, "running");
    }

    /// <summary>A wish may cross a change of state: look, wish, look again.</summary>
    private async Task ClearAsync(string channel)
    {
        string state;
        while ((state = (await station.Client.ChannelAsync(channel)).State) is not ("idle" or "finished"))
        {
            await Task.Delay(s_lookEvery, TimeProvider.System);
            Assert.False(station.Service.HasExited, "the service has ended");
            try
            {
                await station.Client.WishAsync(channel, state is "tripped" or "faulted" ? "acknowledge" : "end", new WishRequest());
            }
            catch (ApiException crossed) when (crossed.Status == 409)
            {
            }
        }
    }

    private async Task ReachAsync(string channel, params string[] states)
    {
        var state = "";
        while (Array.IndexOf(states, state) < 0)
        {
            Assert.False(station.Service.HasExited, "the service has ended");
            await Task.Delay(s_lookEvery, TimeProvider.System);
            state = (await station.Client.ChannelAsync(channel)).State;
        }
    }

    private static StartRequest Order { get; } = new() { Protocol = "plating-stripping-1h", Cell = "area=0.785cm2,kind=symmetric" };

    private static string[] Words(string example) =>
        [.. example.Split('\'').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)];

    private const string Trips = """
        protocol: trips
        version: 1
        measure: cycling
        cell: { kind: symmetric, area: ask }
        record: { every: 10 s }
        sample: { every: 1 s }
        limits: { voltage: { min: -1 mV, max: 1 mV } }
        steps:
          - strip: 0.5 mA/cm2
            for: 1 h
        """;
}
