using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Remote;
using CyclerControl.Client.Runs;
using CyclerControl.Recording.Catalogue;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler runs`: the runs of the service, or of a data folder; there, runs that their process left open are closed as interrupted.</summary>
public sealed class RunsCommand : CyclerCommand
{
    private readonly RemoteOptions _service = new();

    public override IReadOnlyList<string> Examples { get; } = ["cycler runs", "cycler runs --json"];

    internal override Command Build()
    {
        var data = CommonOptions.LocalData();
        var json = CommonOptions.Json();
        var command = new Command("runs", "List the runs of the service or of a data folder.") { data, json };
        _service.AddTo(command);
        command.SetAction((parsed, stop) => _service.AskOrReadAsync(
            parsed,
            data,
            async client => Print(await client.RunsAsync(stop: stop), parsed.GetValue(json)),
            folder => Print([.. StoredRuns.All(folder).Select(Info)], parsed.GetValue(json))));
        return WithExamples(command);
    }

    private static int Print(IReadOnlyList<RunInfo> runs, bool json) => RunList.Print(runs, json, "no runs yet; 'cycler run' makes one");

    private static RunInfo Info(CatalogueEntry run) => new()
    {
        RunId = run.RunId,
        Channel = run.Channel,
        Protocol = run.Protocol,
        Started = run.StartedUtc,
        DurationSeconds = run.EndNanoseconds * 1e-9,
        Outcome = run.Outcome is { } outcome ? JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()) : "running",
        Path = run.Path,
    };
}
