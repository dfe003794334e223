using System.Globalization;
using CyclerControl.Cli.Output;
using CyclerControl.Client.Channels;
using CyclerControl.Client.Stations;

namespace CyclerControl.Cli.Remote;

/// <summary>Channels as lines of a table.</summary>
internal static class StatusTable
{
    private const int LongestMessage = 100;

    public static IEnumerable<string> Lines(IReadOnlyList<ChannelStatus> channels)
    {
        yield return $"{"channel",-12} {"state",-10} {"output",-11} {"V",11} {"mA",11} {"step",-22} {"cycle",5} {"time",12}  run";
        foreach (var channel in channels)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{channel.Channel,-12} {channel.State,-10} {OutputOf(channel),-11} {Number(channel.Volts),11} {Number(channel.Amperes * 1e3),11} {Cut(channel.Step ?? "", 22),-22} {channel.Cycle,5} {TimeOf(channel),12}  {RunOf(channel)}");
            if (channel.Message is { } message)
            {
                yield return $"{"",12} {Cut(message, LongestMessage)}";
            }
        }
    }

    /// <summary>What was found when the service started; no line where nothing was.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<RecoveredRunStatus> recovered) => recovered.Count == 0
        ? []
        : ["", "found unfinished when the service started:", .. recovered.Select(r => $"{r.Channel ?? "-",-12} {r.Action,-10} {r.RunId ?? "a run"}: {r.Reason}")];

    private static string OutputOf(ChannelStatus channel) => channel.Output switch
    {
        "unconfirmed" => "UNCONFIRMED",
        "not_ours" => "NOT OURS",
        var known => known,
    };

    private static string Number(double? value) => value is { } number ? number.ToString("0.000000", CultureInfo.InvariantCulture) : "-";

    private static string TimeOf(ChannelStatus channel) => channel.RunId is null ? "-" : RunProgress.Duration(channel.TestTimeSeconds);

    private static string RunOf(ChannelStatus channel)
    {
        var queued = channel.Queued > 0 ? $" (+{channel.Queued} queued)" : "";
        return $"{channel.RunId}{queued}";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";
}
