using System.Text.Json;

namespace CyclerControl.Benchmarks.Abort;

/// <summary>What the instruments themselves say: for each planted short the time until its output was off.</summary>
internal static class ShortTruth
{
    /// <param name="paths">Truth files of the simulator.</param>
    /// <returns>Seconds from onset to output off, one for each short that was followed by one.</returns>
    public static List<double> Latencies(IEnumerable<string> paths)
    {
        var latencies = new List<double>();
        foreach (var path in paths)
        {
            var onsets = new Dictionary<int, double>();
            foreach (var line in File.ReadLines(path))
                Take(line, onsets, latencies);
        }

        return latencies;
    }

    private static void Take(string line, Dictionary<int, double> onsets, List<double> latencies)
    {
        using var json = JsonDocument.Parse(line);
        var (kind, time) = (json.RootElement.GetProperty("event").GetString(), json.RootElement.GetProperty("t_s").GetDouble());
        if (kind is not ("short" or "output"))
            return;
        var channel = json.RootElement.GetProperty("channel").GetInt32();
        if (kind == "short")
            onsets[channel] = time;
        else if (json.RootElement.GetProperty("value").GetString() == "off" && onsets.Remove(channel, out var onset))
            latencies.Add(time - onset);
    }
}
