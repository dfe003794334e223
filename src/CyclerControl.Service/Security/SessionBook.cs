using System.Collections.Concurrent;

namespace CyclerControl.Service.Security;

/// <summary>Browser sessions: in memory, so that a restart ends them; a revoked token ends its sessions at once. Any thread.</summary>
internal sealed class SessionBook(TokenStore tokens, TimeProvider time)
{
    public const string Cookie = "cycler_session";

    /// <summary>Sessions at a time; the oldest one makes room.</summary>
    private const int Most = 1000;

    /// <summary>A session lasts as long as it is used at least this often.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>The value of the cookie.</summary>
    public string Open(Identified who)
    {
        Sweep();
        var secret = Secret.New();
        _sessions[Key(secret)] = new Session(who.Name, time.GetUtcNow());
        return secret;
    }

    public Identified? Find(string secret)
    {
        var key = Key(secret);
        if (!_sessions.TryGetValue(key, out var session))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (now - session.UsedUtc >= s_patience || tokens.RoleOf(session.Name) is not { } role)
        {
            _sessions.TryRemove(key, out _);
            return null;
        }

        _sessions.TryUpdate(key, session with { UsedUtc = now }, session);
        return new Identified(session.Name, role);
    }

    public void Close(string secret) => _sessions.TryRemove(Key(secret), out _);

    /// <summary>Looked up by hash: how long it takes says nothing about the secret.</summary>
    private static string Key(string secret) => Convert.ToHexString(Secret.Hash(secret));

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (key, session) in _sessions)
        {
            if (now - session.UsedUtc >= s_patience)
            {
                _sessions.TryRemove(key, out _);
            }
        }

        if (_sessions.Count >= Most)
        {
            _sessions.TryRemove(_sessions.MinBy(s => s.Value.UsedUtc).Key, out _);
        }
    }

    private sealed record Session(string Name, DateTimeOffset UsedUtc);
}
