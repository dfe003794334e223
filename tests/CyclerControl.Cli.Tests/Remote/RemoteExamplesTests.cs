using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Remote;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>Every example of a command that asks the service works, once the channel is in the state that it is for.</summary>
public sealed class RemoteExamplesTests(ServedStation station) : IClassFixture<ServedStation>
{
    private const string Channel = "demo/3";

    public static TheoryData<string> Examples() => [.. CyclerCommandLine.Commands.OfType<RemoteCommand>().SelectMany(c => c.Examples)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_InTheStateThatItIsFor_Works(string example)
    {
        var words = Words(example);
        Prepare(words[0]);

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
    private void Prepare(string command)
    {
        station.Cycler("end", "demo/1");
        station.Cycler("end", "demo/2");
        station.Cycler("end", Channel);
        switch (command)
        {
            case "acknowledge":
                station.Write("trips.yaml", Trips);
                Assert.Equal(0, Start("trips.yaml").ExitCode);
                Wait("tripped");
                break;
            case "resume":
                Assert.Equal(0, Start("plating-stripping-1h").ExitCode);
                Wait("running");
                Assert.Equal(0, station.Cycler("pause", Channel).ExitCode);
                Wait("paused");
                break;
            case "pause" or "skip" or "stop" or "end":
                Assert.Equal(0, Start("plating-stripping-1h").ExitCode);
                Wait("running");
                break;
            default:
                break;
        }
    }

    private Processes.ProgramResult Start(string protocol) => station.Cycler("start", protocol, "--channel", Channel, "--cell", "area=0.785cm2,kind=symmetric");

    private void Wait(string state)
    {
        while (!station.Cycler("status").OutputLines.Any(l => l.StartsWith(Channel, StringComparison.Ordinal) && l.Contains(state, StringComparison.Ordinal)))
        {
            Assert.False(station.Service.HasExited, "the service has ended");
        }
    }

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
