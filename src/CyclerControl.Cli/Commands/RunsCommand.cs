using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Recording.Catalogue;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler runs`: what is in the data folder; runs that their process left open are closed as interrupted.</summary>
public sealed class RunsCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler runs", "cycler runs --json"];

    internal override Command Build()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("runs", "List the runs of the data folder.") { data, json };
        command.SetAction(parsed => List(StoredRuns.All(parsed.GetValue(data)!), parsed.GetValue(json)));
        return WithExamples(command);
    }

    private static int List(IReadOnlyList<CatalogueEntry> runs, bool json)
    {
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(runs.Select(r => new
            {
                run_id = r.RunId,
                channel = r.Channel,
                protocol = r.Protocol,
                started = r.StartedUtc,
                duration_s = r.EndNanoseconds * 1e-9,
                outcome = OutcomeOf(r),
                path = r.Path,
            })));
            return ExitCode.Planned;
        }

        foreach (var run in runs)
        {
            var duration = run.EndNanoseconds is { } end ? RunProgress.Duration(end * 1e-9) : "";
            StandardStreams.Line(string.Create(
                CultureInfo.InvariantCulture, $"{run.RunId,-34} {run.Channel,-10} {run.Protocol,-38} {duration,14}  {OutcomeOf(run)}"));
        }

        if (runs.Count == 0)
        {
            StandardStreams.Line("no runs yet; 'cycler run' makes one");
        }

        return ExitCode.Planned;
    }

    private static string OutcomeOf(CatalogueEntry run) =>
        run.Outcome is { } outcome ? JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()) : "running";
}
