using System.CommandLine;
using CyclerControl.Cli.Composition;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler preflight`: whether a run would start, with everything that was looked at; starts nothing.</summary>
public sealed class PreflightCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler preflight protocols/ccd-step-increased.yaml --cell area=0.785cm2",
        "cycler preflight protocols/coulombic-efficiency-activation-strip.yaml --channel demo/7 --cell area=0.785cm2 --json",
    ];

    internal override Command Build()
    {
        var protocol = CommonOptions.ProtocolFile();
        var station = CommonOptions.Station();
        var channel = CommonOptions.Channel();
        var cell = CommonOptions.Cell();
        var set = CommonOptions.Set();
        var seed = CommonOptions.Seed();
        var data = CommonOptions.Data();
        var reason = CommonOptions.Override();
        var json = CommonOptions.Json();
        var command = new Command("preflight", """
            Look whether a run would start: instrument, open-circuit voltage, ranges and their accuracy, limits, watchdog, detection, disk, clock.
            The channel is read with its output off; nothing is started. Exit 0: it would; exit 3: it would be refused.
            """)
        {
            protocol, station, channel, cell, set, seed, data, reason, json,
        };
        command.SetAction((parsed, stop) => new RunExecution
        {
            Protocol = parsed.GetRequiredValue(protocol),
            Station = new StationChoice(parsed.GetValue(station), parsed.GetValue(seed), "max", false, null),
            Channel = parsed.GetValue(channel),
            Cell = parsed.GetValue(cell),
            Parameters = parsed.GetValue(set) ?? [],
            Data = parsed.GetValue(data)!,
            Operator = null,
            OverrideReason = parsed.GetValue(reason),
            RealTime = false,
            Json = parsed.GetValue(json),
            IsPreflightOnly = true,
        }.RunAsync(stop));
        return WithExamples(command);
    }
}
