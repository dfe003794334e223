using System.Globalization;
using System.Text.Json;

namespace CyclerControl.Service.Locks;

/// <summary>Who holds a lock, as it told those who come later.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Url">Where its API answers; null where it has none.</param>
/// <param name="StartedUtc">When it took the lock.</param>
public sealed record LockOwner(int Pid, string? Url, DateTimeOffset StartedUtc)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>This process, now.</summary>
    public static LockOwner Self(TimeProvider time, string? url = null) => new(Environment.ProcessId, url, time.GetUtcNow());

    /// <summary><c>process 1234 (since 2026-11-21 09:00:00 UTC)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"process {Pid}{(Pid == Environment.ProcessId ? ", this one" : "")} ({(Url is null ? "" : Url + ", ")}since {StartedUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)");

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <summary>Null when the text says nothing (yet).</summary>
    internal static LockOwner? FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LockOwner>(text, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
