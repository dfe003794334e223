using System.Text.Json;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>What the instruments themselves say about their outputs.</summary>
internal static class OutputTruth
{
    /// <summary>Times that an output stayed on without a break for longer than that, s; one that is still on at the end counts to the last event.</summary>
    public static int LongerThan(IEnumerable<string> paths, double seconds) => paths.Sum(path =>
    {
        var since = new Dictionary<int, double>();
        var found = 0;
        var last = 0.0;
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            last = json.RootElement.GetProperty("t_s").GetDouble();
            if (json.RootElement.GetProperty("event").GetString() != "output")
                continue;
            var channel = json.RootElement.GetProperty("channel").GetInt32();
            if (json.RootElement.GetProperty("value").GetString() != "off")
                since.TryAdd(channel, last);
            else if (since.Remove(channel, out var on) && last - on > seconds)
                found++;
        }

        return found + since.Values.Count(on => last - on > seconds);
    });
}
