using System.Text.Json;

namespace CyclerControl.Cli.Tests.Processes;

/// <summary>One line of what the simulated cycler itself says that it did.</summary>
internal sealed record TruthEvent(double Seconds, int? Channel, string Event, JsonElement Value)
{
    /// <summary>All complete lines of a truth file.</summary>
    public static IReadOnlyList<TruthEvent> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').SkipLast(1).Select(Parse)];
    }

    private static TruthEvent Parse(string line)
    {
        var json = Workbench.Json(line);
        var channel = json.GetProperty("channel");
        return new TruthEvent(
            json.GetProperty("t_s").GetDouble(),
            channel.ValueKind == JsonValueKind.Null ? null : channel.GetInt32(),
            json.GetProperty("event").GetString()!,
            json.GetProperty("value"));
    }
}
