using System.CommandLine;
using CyclerControl.Cli.Composition;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler run`: one protocol on one channel, from start to report.</summary>
public sealed class RunCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler run protocols/ccd-step-increased.yaml --cell area=0.785cm2",
        "cycler run protocols/coulombic-efficiency-activation-strip.yaml --channel demo/7 --cell area=0.785cm2 --set cycles=10 --json",
        "cycler run protocols/plating-stripping-1h.yaml --channel demo/3 --seed 7 --cell area=0.785cm2,id=A17 --set cycles=2",
    ];

    internal override Command Build()
    {
        var protocol = CommonOptions.ProtocolFile();
        var station = CommonOptions.Station();
        var channel = CommonOptions.Channel();
        var cell = CommonOptions.Cell();
        var set = CommonOptions.Set();
        var seed = CommonOptions.Seed();
        var speed = CommonOptions.Speed();
        var data = CommonOptions.Data();
        var person = new Option<string?>("--operator") { Description = "Who starts the run; goes into the run file.", HelpName = "NAME" };
        var reason = CommonOptions.Override();
        var truth = new Option<string?>("--truth") { Description = "Built-in station only: write what the simulated cycler really did, as JSON lines.", HelpName = "FILE" };
        var realTime = new Option<bool>("--realtime") { Description = "Ask for SCHED_FIFO for the link threads, and for nothing else; says whether it took effect." };
        var json = CommonOptions.Json();
        var command = new Command("run", """
            Run a protocol on a channel. A trip lasts until the process ends; the next run is the acknowledgement.
            A run that its process left unfinished keeps its data and is listed by 'cycler runs' as interrupted; it is not resumed.
            What must outlive a crash of this computer belongs to 'cycler serve'.
            """)
        {
            protocol, station, channel, cell, set, seed, speed, data, person, reason, truth, realTime, json,
        };
        command.SetAction((parsed, stop) => new RunExecution
        {
            Protocol = parsed.GetRequiredValue(protocol),
            Station = new StationChoice(
                parsed.GetValue(station), parsed.GetValue(seed), parsed.GetValue(speed)!, parsed.GetResult(speed) is { Implicit: false }, parsed.GetValue(truth)),
            Channel = parsed.GetValue(channel),
            Cell = parsed.GetValue(cell),
            Parameters = parsed.GetValue(set) ?? [],
            Data = parsed.GetValue(data)!,
            Operator = parsed.GetValue(person),
            OverrideReason = parsed.GetValue(reason),
            RealTime = parsed.GetValue(realTime),
            Json = parsed.GetValue(json),
        }.RunAsync(stop));
        return WithExamples(command);
    }
}
