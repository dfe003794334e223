using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Recording.Export;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler export`: a run as text for other tools.</summary>
public sealed class ExportCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler export last --format bdf --output run.bdf.csv",
        "cycler export last --format csv --output run.csv",
    ];

    internal override Command Build()
    {
        var run = CommonOptions.Run();
        var data = CommonOptions.Data();
        var format = new Option<string>("--format") { Description = "bdf (Battery Data Format 1.3.0) or csv.", DefaultValueFactory = _ => "bdf" };
        format.AcceptOnlyFromAmong("bdf", "csv");
        var output = new Option<string?>("--output") { Description = "File to write; default: standard output.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("export", "Write a run as Battery Data Format or CSV; positive current charges.") { run, format, output, data, json };
        command.SetAction(parsed => Export(
            parsed.GetValue(data)!, parsed.GetRequiredValue(run), parsed.GetValue(format)!, parsed.GetValue(output), parsed.GetValue(json)));
        return WithExamples(command);
    }

    private static int Export(string data, string run, string format, string? output, bool json)
    {
        if (json && output is null)
        {
            throw new InputException("--json: needs --output FILE, because standard output is for JSON only");
        }

        using var reader = StoredRuns.Open(data, run);
        using (var stream = output is null ? Console.OpenStandardOutput() : File.Create(output))
        {
            if (format == "bdf")
            {
                BdfExporter.Write(reader, stream);
            }
            else
            {
                CsvExporter.Write(reader, stream);
            }
        }

        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(new { run_id = reader.Header.RunId, format, file = Path.GetFullPath(output!) }));
        }

        return ExitCode.Planned;
    }
}
