using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Output;
using CyclerControl.Client.Runs;

namespace CyclerControl.Cli.Remote;

/// <summary>Runs as lines, or as JSON in the shape of `cycler runs --json`.</summary>
internal static class RunList
{
    public static int Print(IReadOnlyList<RunInfo> runs, bool json, string none)
    {
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(runs.Select(r => new
            {
                run_id = r.RunId,
                channel = r.Channel,
                protocol = r.Protocol,
                started = r.Started,
                duration_s = r.DurationSeconds,
                outcome = r.Outcome,
                path = r.Path,
            })));
            return ExitCode.Planned;
        }

        foreach (var run in runs)
        {
            var duration = run.DurationSeconds is { } seconds ? RunProgress.Duration(seconds) : "";
            StandardStreams.Line(string.Create(
                CultureInfo.InvariantCulture, $"{run.RunId,-34} {run.Channel,-10} {run.Protocol,-38} {duration,14}  {run.Outcome}"));
        }

        if (runs.Count == 0)
        {
            StandardStreams.Line(none);
        }

        return ExitCode.Planned;
    }
}
