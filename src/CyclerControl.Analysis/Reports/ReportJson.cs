using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CyclerControl.Analysis.Reports;

/// <summary>report.json: numbers as numbers, null where absent, names in snake_case with their unit, listed in docs/analysis.md.</summary>
public static class ReportJson
{
    /// <param name="report">What to write.</param>
    /// <param name="indented">False: one line, as <c>--json</c> prints it.</param>
    public static string Write(RunReport report, bool indented = true)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            new ReportJsonBody(report, writer).Write();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
