using CyclerControl.Analysis.Reports;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Service.Reports;

/// <summary>The report of a run file, computed from what is recorded, and written beside it.</summary>
public static class RunReports
{
    public const string JsonFileName = "report.json";
    public const string MarkdownFileName = "report.md";

    /// <summary>Computes the report; also of a run that is still growing.</summary>
    public static RunReport Of(RunFileReader reader) =>
        RunReportBuilder.Build(reader.Header, reader.Steps, reader.Events, reader.EnumerateSamples(), reader.Ending);

    /// <summary>Computes and writes report.json and report.md; also for a run that is still growing.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <exception cref="Recording.RecordingException">The run file cannot be read.</exception>
    public static RunReport Write(string folder)
    {
        using var reader = RunFileReader.Open(folder);
        var report = Of(reader) with
        {
            Files = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["run"] = Path.Combine(folder, RunFolder.RunFileName),
                ["report_json"] = Path.Combine(folder, JsonFileName),
                ["report_md"] = Path.Combine(folder, MarkdownFileName),
            },
        };
        File.WriteAllText(Path.Combine(folder, JsonFileName), ReportJson.Write(report, indented: true));
        File.WriteAllText(Path.Combine(folder, MarkdownFileName), ReportMarkdown.Write(report));
        return report;
    }
}
