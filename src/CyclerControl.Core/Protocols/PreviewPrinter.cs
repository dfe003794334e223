using System.Globalization;
using System.Text;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Prints a preview for people: what <c>cycler preview</c> shows.</summary>
public static class PreviewPrinter
{
    private const int FirstSegments = 40;

    /// <summary>The text, with a line feed at its end.</summary>
    public static string Print(RunProgram program, ProtocolPreview preview)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        var about = preview.Certainty switch { PreviewCertainty.Planned => "", PreviewCertainty.Estimated => "about ", _ => "at least " };
        Line($"{program.ProtocolName}: expected current profile");
        Line($"{"start",18}{"duration",24}{"current",12}  step");
        foreach (var segment in preview.Segments.Take(FirstSegments))
        {
            var start = segment.StartSeconds == 0 ? "0 s" : CompoundDuration.Print(segment.StartSeconds);
            var duration = segment.DurationSeconds is { } seconds
                ? (segment.Certainty == PreviewCertainty.Planned ? "" : "about ") + CompoundDuration.Print(seconds)
                : "until reached";
            var current = segment.Passes is not null ? "..."
                : segment.Amperes is { } amperes ? QuantityPrinter.Print(amperes, Dimension.Current)
                : segment.IsSweep ? "varies"
                : "falling";
            Line($"{start,18}{duration,24}{current,12}  {segment.Path} {segment.What}");
        }

        if (preview.Segments.Length > FirstSegments)
        {
            Line($"{"...",18}{"",24}{"",12}  and so on");
        }

        Line($"Steps: {about}{Count(preview.SegmentCount)}.");
        Line($"Duration: {about}{CompoundDuration.Print(preview.DurationSeconds)}.");
        Line($"Charge: {about}{Charge(preview.ChargedAmpHours, program)} {(IsLithium(program) ? "stripped" : "charged")}, {Charge(preview.DischargedAmpHours, program)} {(IsLithium(program) ? "plated" : "discharged")}.");
        var onChange = program.Nodes.OfType<StepNode>().Any(s => s.Record is { OnChangeVolts: not null } or { OnChangeAmperes: not null });
        Line($"Records: {about}{Count(preview.Records)}{(onChange ? ", and one for each recorded change" : "")}, from {Count(preview.Samples)} samples.");
        if (preview.Certainty == PreviewCertainty.Estimated)
        {
            Line("About: some steps end on a voltage or a current; their time is estimated from what the cell should hold.");
        }
        else if (preview.Certainty == PreviewCertainty.AtLeast)
        {
            Line("At least: some steps end on a voltage or a current, and what the cell holds is not known; their time is counted as 0.");
        }

        if (program.Nodes.OfType<StepNode>().Any(s => s.Kind == StepKind.Sweep))
        {
            Line("The current of a sweep is whatever the cell gives: its charge is counted as 0 here.");
        }

        if (program.Measure is Measure.Ccd or Measure.CriticalCapacity)
        {
            Line("A short is the result, and ends the run earlier.");
        }

        return text.ToString();
    }

    private static bool IsLithium(RunProgram program) => program.Cell.Kind is CellKind.Symmetric or CellKind.Half;

    private static string Charge(double ampHours, RunProgram program)
    {
        var absolute = QuantityPrinter.Print(ampHours, Dimension.Charge);
        return program.Cell.AreaSquareCentimetres is { } area ? $"{absolute} ({QuantityPrinter.Print(ampHours / area, Dimension.ArealCapacity)})" : absolute;
    }

    private static string Count(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
