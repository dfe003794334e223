using CyclerControl.Analysis.Reports;

namespace CyclerControl.Cli.Output;

/// <summary>The end of a run on the screen: the summary, or one JSON object equal to report.json.</summary>
internal static class RunSummary
{
    public static void Print(RunReport report, string folder, bool json)
    {
        if (json)
        {
            StandardStreams.Line(ReportJson.Write(report, indented: false));
            return;
        }

        foreach (var line in ReportText.Summary(report))
        {
            StandardStreams.Line(line);
        }

        StandardStreams.Line($"recording and report: {folder}");
    }
}
