using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CyclerControl.Core.Detection;

namespace CyclerControl.Cli.Output;

/// <summary>Findings of `cycler detect` as they come: a line for people, or one JSON object per line.</summary>
internal sealed class FindingOutput(bool json, bool severalFiles)
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Count { get; private set; }

    public bool HasAbortingShort { get; private set; }

    /// <param name="firstSeconds">The file's own time of its first row, s.</param>
    public void Print(string file, DetectionEvent finding, double firstSeconds)
    {
        Count++;
        HasAbortingShort |= finding.Severity == DetectionSeverity.Abort && DetectionWords.IsShort(finding.Kind);
        StandardStreams.Line(json ? Json(file, finding, firstSeconds) : Text(file, finding, firstSeconds));
    }

    private static double Time(double firstSeconds, double seconds) => Math.Round(firstSeconds + seconds, 9);

    private string Text(string file, DetectionEvent finding, double firstSeconds)
    {
        var time = Time(firstSeconds, finding.TimeSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(severalFiles ? file + ": " : "")}{time:0.###} s ({RunProgress.Duration(finding.TimeSeconds)} into the record)  {DetectionWords.Of(finding.Severity)}  {DetectionWords.Of(finding.Kind)}: {finding.Explanation}");
    }

    private string Json(string file, DetectionEvent finding, double firstSeconds)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_writing))
        {
            writer.WriteStartObject();
            if (severalFiles)
            {
                writer.WriteString("file", file);
            }

            Number(writer, "time_s", Time(firstSeconds, finding.TimeSeconds));
            Number(writer, "onset_s", Time(firstSeconds, finding.OnsetSeconds));
            writer.WriteString("kind", DetectionWords.Of(finding.Kind));
            writer.WriteString("severity", DetectionWords.Of(finding.Severity));
            writer.WriteNumber("rule", finding.Rule);
            Number(writer, "current_a", finding.Amperes);
            Number(writer, "voltage_v", finding.Volts);
            Number(writer, "expected_v", finding.ExpectedVolts);
            Number(writer, "r_short_ohm", finding.ShortOhms);
            Number(writer, "statistic", finding.Statistic);
            Number(writer, "threshold", finding.Threshold);
            writer.WriteString("sentence", finding.Explanation);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What is no number is null: JSON has no word for it.</summary>
    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
