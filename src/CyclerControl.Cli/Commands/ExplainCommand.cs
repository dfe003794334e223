using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Protocols;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler explain`: the protocol in sentences.</summary>
public sealed class ExplainCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler explain protocols/ccd-step-increased.yaml",
        "cycler explain protocols/plating-stripping-1h.yaml --cell area=0.785cm2",
    ];

    internal override Command Build()
    {
        var protocol = CommonOptions.ProtocolFile();
        var cell = CommonOptions.Cell();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("explain", "Say in sentences what a protocol does; with --cell also in mA.") { protocol, cell, set, json };
        command.SetAction(parsed =>
        {
            var source = ProtocolSource.Load(parsed.GetRequiredValue(protocol), parsed.GetValue(cell), parsed.GetValue(set) ?? []);
            var lines = ProtocolExplainer.Explain(source.WithParameters(), source.Cell).TrimEnd().Split('\n');
            if (parsed.GetValue(json))
            {
                StandardStreams.Line(JsonSerializer.Serialize(new { protocol = source.Definition.Name, sentences = lines }));
            }
            else
            {
                foreach (var line in lines)
                {
                    StandardStreams.Line(line);
                }
            }

            return ExitCode.Planned;
        });
        return WithExamples(command);
    }
}
