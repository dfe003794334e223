using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyclerControl.Client;
using CyclerControl.Client.Security;

namespace CyclerControl.Service.Audit;

/// <summary>Lines of the audit log: JSON, closed by the hash of all that stands before it in the line.</summary>
internal static class AuditLine
{
    /// <summary>What the first line has as the hash of the one before.</summary>
    public static readonly string Beginning = new('0', HashCharacters);

    private const int HashCharacters = 64;
    private const string HashField = ",\"hash\":\"";
    private const string End = "\"}";

    private static readonly JsonSerializerOptions s_json = new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The line without its end, and its hash.</summary>
    public static (string Line, string Hash) Write(AuditEntry entry)
    {
        var open = JsonSerializer.Serialize(entry with { Hash = null }, s_json)[..^1];
        var hash = HashOf(open);
        return (open + HashField + hash + End, hash);
    }

    /// <summary>Null and the reason when it is no line of ours, or was changed.</summary>
    public static AuditEntry? Read(string line, out string problem)
    {
        var at = line.Length - End.Length - HashCharacters - HashField.Length;
        if (at <= 0 || !line.EndsWith(End, StringComparison.Ordinal) || string.CompareOrdinal(line, at, HashField, 0, HashField.Length) != 0)
        {
            problem = "is no line of an audit log";
            return null;
        }

        var hash = line.Substring(at + HashField.Length, HashCharacters);
        if (HashOf(line[..at]) != hash)
        {
            problem = "was changed: its hash is another one";
            return null;
        }

        try
        {
            problem = "";
            return JsonSerializer.Deserialize<AuditEntry>(line, s_json);
        }
        catch (JsonException)
        {
            problem = "is no line of an audit log";
            return null;
        }
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
