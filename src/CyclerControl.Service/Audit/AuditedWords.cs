using System.Collections.Frozen;
using System.Text.Json;

namespace CyclerControl.Service.Audit;

/// <summary>What the audit log takes from a body: the reason, and fields that are no secrets. A broken body gives what stands before the break.</summary>
internal static class AuditedWords
{
    private const int Longest = 300;
    private const int Most = 20;

    private static readonly FrozenSet<string> s_reasons = new[] { "reason", "override_reason" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_fields =
        new[] { "name", "role", "operator", "protocol", "cell", "channel", "text", "version" }.ToFrozenSet(StringComparer.Ordinal);

    public static (string? Why, string? Details) Of(ReadOnlySpan<byte> body)
    {
        string? why = null;
        var details = new List<string>();
        var reader = new Utf8JsonReader(body, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 16 }));
        try
        {
            var property = "";
            while (details.Count < Most && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    property = reader.GetString()!;
                }
                else if (reader.TokenType == JsonTokenType.String && s_reasons.Contains(property))
                {
                    why ??= Cut(reader.GetString()!);
                }
                else if (reader.TokenType == JsonTokenType.String && s_fields.Contains(property))
                {
                    details.Add($"{property}={Cut(reader.GetString()!)}");
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
        }

        return (why, details.Count == 0 ? null : string.Join(", ", details));
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "...";
}
