using System.CommandLine;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler preview`: what is to be expected, before anything runs.</summary>
public sealed class PreviewCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler preview protocols/ccd-step-increased.yaml --cell area=0.785cm2",
        "cycler preview protocols/gitt.yaml --cell area=0.785cm2,active_mass=7mg,one_c=1.07mA/cm2 --json",
    ];

    internal override Command Build()
    {
        var protocol = CommonOptions.ProtocolFile();
        var cell = CommonOptions.Cell();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("preview", "Expected current profile, duration, charge passed and number of records.") { protocol, cell, set, json };
        command.SetAction(parsed =>
        {
            var source = ProtocolSource.Load(parsed.GetRequiredValue(protocol), parsed.GetValue(cell), parsed.GetValue(set) ?? []);
            PreviewText.Print(source.Compile(channel: null).Program!, parsed.GetValue(json));
            return ExitCode.Planned;
        });
        return WithExamples(command);
    }
}
