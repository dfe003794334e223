using System.Text.Json;
using CyclerControl.Instruments.Transports;

namespace CyclerControl.Cli.ProfileChecks;

/// <summary>Writes what was said on a wire as the <c>transcript</c> of a profile.</summary>
internal static class TranscriptText
{
    public static IEnumerable<string> Lines(IEnumerable<RecordedExchange> record)
    {
        yield return "transcript:";
        foreach (var exchange in record)
        {
            yield return exchange.Reply is { } reply
                ? $"  - {{ send: {Quoted(exchange.Send)}, reply: {Quoted(reply)} }}"
                : $"  - {{ send: {Quoted(exchange.Send)} }}";
        }
    }

    /// <summary>A JSON string is a YAML string.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, TranscriptJson.Options);
}

/// <summary>Quotation marks and other printable characters as they are.</summary>
file static class TranscriptJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
