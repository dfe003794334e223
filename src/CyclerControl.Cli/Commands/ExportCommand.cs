using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Recording.Export;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler export`: a run as text for other tools.</summary>
public sealed class ExportCommand : CyclerCommand
{
    private readonly RemoteOptions _service = new();

    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler export last --format bdf --output run.bdf.csv",
        "cycler export last --format csv --output run.csv",
        "cycler export last --burst all --format csv --output bursts.csv",
    ];

    internal override Command Build()
    {
        var run = CommonOptions.Run();
        var data = CommonOptions.LocalData();
        var format = new Option<string>("--format") { Description = "bdf (Battery Data Format 1.3.0) or csv.", DefaultValueFactory = _ => "bdf" };
        format.AcceptOnlyFromAmong("bdf", "csv");
        var output = new Option<string?>("--output") { Description = "File to write; default: standard output.", HelpName = "FILE" };
        var burst = new Option<string?>("--burst")
        {
            Description = "Instead of the recorded rows: the full-rate samples around detection N, or around all of them (csv).",
            HelpName = "N|all",
        };
        var json = CommonOptions.Json();
        var command = new Command("export", "Write a run as Battery Data Format or CSV; positive current charges.") { run, format, output, burst, data, json };
        _service.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var target = parsed.GetValue(output);
            if (parsed.GetValue(json) && target is null)
            {
                throw new InputException("--json: needs --output FILE, because standard output is for JSON only");
            }

            return _service.AskOrReadAsync(
                parsed,
                data,
                client => FetchAsync(client, parsed.GetRequiredValue(run), parsed.GetValue(format)!, target, parsed.GetValue(burst), parsed.GetValue(json), stop),
                folder => Export(folder, parsed.GetRequiredValue(run), parsed.GetValue(format)!, target, parsed.GetValue(burst), parsed.GetValue(json)));
        });
        return WithExamples(command);
    }

    private static async Task<int> FetchAsync(
        CyclerClient client, string run, string format, string? output, string? burst, bool json, CancellationToken stop)
    {
        var runId = (await client.RunAsync(run, stop)).RunId;
        await using (var stream = output is null ? Console.OpenStandardOutput() : File.Create(output))
        {
            await client.ExportAsync(runId, format, burst, stream, stop);
        }

        Say(runId, format, output, json);
        return ExitCode.Planned;
    }

    private static int Export(string data, string run, string format, string? output, string? burst, bool json)
    {
        using var reader = StoredRuns.Open(data, run);
        var bursts = burst is null ? [] : Bursts(reader, burst, format);
        using (var stream = output is null ? Console.OpenStandardOutput() : File.Create(output))
        {
            if (bursts.Count > 0 && format == "bdf")
            {
                BurstExporter.WriteBdf(reader, bursts[0], stream);
            }
            else if (bursts.Count > 0)
            {
                BurstExporter.WriteCsv(reader, bursts, stream);
            }
            else if (format == "bdf")
            {
                BdfExporter.Write(reader, stream);
            }
            else
            {
                CsvExporter.Write(reader, stream);
            }
        }

        Say(reader.Header.RunId, format, output, json);
        return ExitCode.Planned;
    }

    private static void Say(string runId, string format, string? output, bool json)
    {
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(new { run_id = runId, format, file = Path.GetFullPath(output!) }));
        }
    }

    private static IReadOnlyList<BurstSummary> Bursts(RunFileReader reader, string wanted, string format)
    {
        var bursts = reader.Bursts;
        var chosen = wanted == "all" ? bursts : [.. bursts.Where(b => b.Burst.ToString(CultureInfo.InvariantCulture) == wanted)];
        if (chosen.Count == 0)
        {
            throw new InputException(bursts.Count == 0
                ? $"--burst: '{wanted}': run {reader.Header.RunId} has no bursts, because nothing was detected in it; leave --burst out"
                : $"--burst: '{wanted}' is not in run {reader.Header.RunId}; it has {string.Join(", ", bursts.Select(b => b.Burst))}; write one of them, or all");
        }

        return chosen.Count == 1 || format == "csv"
            ? chosen
            : throw new InputException($"--burst: 'all' of {chosen.Count} bursts do not fit into one bdf table; write --format csv, or one number");
    }
}
