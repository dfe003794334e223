using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Security;

/// <summary>Finds out who sends a request: a bearer token, or else the cookie of a session. A token in the address is never looked at.</summary>
internal sealed class Authenticator(TokenStore tokens, SessionBook sessions)
{
    private const string Scheme = "Bearer ";

    /// <summary>Longest token that is looked at.</summary>
    private const int Longest = 256;

    public Caller Identify(HttpContext http)
    {
        var from = http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";
        if (http.Request.Headers.Authorization is { Count: > 0 } header)
        {
            var text = header.Count == 1 ? header[0]! : "";
            var secret = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].Trim() : "";
            return new Caller(secret.Length is 0 or > Longest ? null : tokens.Find(secret), from, ByCookie: false, Attempted: true);
        }

        return http.Request.Cookies[SessionBook.Cookie] is { Length: > 0 and <= Longest } cookie
            ? new Caller(sessions.Find(cookie), from, ByCookie: true, Attempted: true)
            : new Caller(null, from, ByCookie: false, Attempted: false);
    }
}
