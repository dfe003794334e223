using System.CommandLine;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Service.Reports;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler report`: computes the report of a run anew, writes it beside the run, and prints it.</summary>
public sealed class ReportCommand : CyclerCommand
{
    private readonly RemoteOptions _service = new();

    public override IReadOnlyList<string> Examples { get; } = ["cycler report last", "cycler report last --json"];

    internal override Command Build()
    {
        var run = CommonOptions.Run();
        var data = CommonOptions.LocalData();
        var json = CommonOptions.Json();
        var command = new Command("report", "Print the report of a run, and write report.json and report.md beside it.") { run, data, json };
        _service.AddTo(command);
        command.SetAction((parsed, stop) => _service.AskOrReadAsync(
            parsed,
            data,
            async client =>
            {
                var text = await client.ReportAsync(parsed.GetRequiredValue(run), parsed.GetValue(json) ? "json" : "text", stop);
                StandardStreams.Line(text.TrimEnd());
                return ExitCode.Planned;
            },
            folder =>
            {
                var found = StoredRuns.Find(folder, parsed.GetRequiredValue(run)).Path;
                RunSummary.Print(RunReports.Write(found), found, parsed.GetValue(json));
                return ExitCode.Planned;
            }));
        return WithExamples(command);
    }
}
