using System.Text.Json;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Runs;

namespace CyclerControl.Cli.Output;

/// <summary>A preview as text or JSON.</summary>
internal static class PreviewText
{
    public static void Print(RunProgram program, bool json)
    {
        var preview = ProtocolPreview.Of(program);
        StandardStreams.Line(json ? Json(program, preview) : PreviewPrinter.Print(program, preview).TrimEnd());
    }

    private static string Json(RunProgram program, ProtocolPreview preview) => JsonSerializer.Serialize(new
    {
        protocol = program.ProtocolName,
        duration_s = preview.DurationSeconds,
        charged_ah = preview.ChargedAmpHours,
        discharged_ah = preview.DischargedAmpHours,
        records = preview.Records,
        samples = preview.Samples,
        certainty = preview.Certainty.ToString().ToLowerInvariant(),
        segments = preview.Segments.Select(s => new
        {
            start_s = s.StartSeconds,
            duration_s = s.DurationSeconds,
            current_a = s.Amperes,
            path = s.Path,
            what = s.What,
            passes = s.Passes,
        }),
    });
}
