using System.CommandLine;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Service.Reports;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler report`: computes the report of a run anew, writes it beside the run, and prints it.</summary>
public sealed class ReportCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler report last", "cycler report last --json"];

    internal override Command Build()
    {
        var run = CommonOptions.Run();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("report", "Print the report of a run, and write report.json and report.md beside it.") { run, data, json };
        command.SetAction(parsed =>
        {
            var folder = StoredRuns.Find(parsed.GetValue(data)!, parsed.GetRequiredValue(run)).Path;
            RunSummary.Print(RunReports.Write(folder), folder, parsed.GetValue(json));
            return ExitCode.Planned;
        });
        return WithExamples(command);
    }
}
