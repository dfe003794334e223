using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Security;

/// <summary>Who may do what: the one table. A route that is not in it is for administrators, and a test says that it is missing.</summary>
public static class AccessTable
{
    private const string Root = " /api/v1";
    private const string Channel = Root + "/channels/{instrument}/{number:int}";
    private const string Run = Root + "/runs/{run}";

    private static readonly FrozenDictionary<string, Access> s_rules = Rules().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Streams last for hours: they are counted by those who serve them.</summary>
    private static readonly FrozenSet<string> s_streams = new[] { "GET" + Root + "/stream", "GET" + Run + "/export" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What an endpoint asks for; null: nobody has said it.</summary>
    public static Access? Of(string method, string pattern) => s_rules.TryGetValue($"{method} {pattern}", out var access) ? access : null;

    internal static Access Of(HttpContext http) => http.GetEndpoint() switch
    {
        RouteEndpoint { RoutePattern.RawText: { } pattern } => Of(Method(http), pattern) ?? (pattern.Contains("{*", StringComparison.Ordinal) ? Access.Viewer : Access.Admin),
        _ => Access.Viewer, // Neither found nor served: only users learn that.
    };

    internal static bool IsStream(HttpContext http) => http.GetEndpoint() is RouteEndpoint route && s_streams.Contains($"{Method(http)} {route.RoutePattern.RawText}");

    private static string Method(HttpContext http) => HttpMethods.IsHead(http.Request.Method) ? HttpMethods.Get : http.Request.Method;

    private static IEnumerable<KeyValuePair<string, Access>> Rules() =>
    [
        .. Each(Access.Anybody, "GET /health/live", "GET /health/ready", "POST" + Root + "/login"),
        .. Each(Access.Stop, "POST" + Channel + "/stop", "POST" + Root + "/stop-all"),
        .. Each(
            Access.Viewer,
            "POST" + Root + "/logout",
            "GET" + Root + "/whoami",
            "GET /openapi/v1.json",
            "GET" + Root + "/station",
            "GET" + Root + "/heartbeat",
            "GET" + Root + "/stream",
            "GET" + Root + "/channels",
            "GET" + Channel,
            "GET" + Channel + "/queue",
            "GET" + Root + "/runs",
            "GET" + Run,
            "GET" + Run + "/samples",
            "GET" + Run + "/events",
            "GET" + Run + "/bursts",
            "GET" + Run + "/report",
            "GET" + Run + "/export",
            "GET" + Root + "/protocols",
            "GET" + Root + "/protocols/{name}",
            "POST" + Root + "/protocols/validate",
            "POST" + Root + "/protocols/preview",
            "GET" + Root + "/profiles"),
        .. Each(
            Access.Operator,
            "POST" + Channel + "/start",
            "POST" + Root + "/bulk-start",
            "POST" + Channel + "/preflight",
            "POST" + Channel + "/pause",
            "POST" + Channel + "/resume",
            "POST" + Channel + "/skip",
            "POST" + Channel + "/end",
            "POST" + Channel + "/acknowledge",
            "POST" + Channel + "/note",
            "POST" + Channel + "/queue",
            "POST" + Channel + "/queue/confirm",
            "DELETE" + Channel + "/queue/{id:long}"),
        .. Each(Access.Engineer, "PUT" + Root + "/protocols/{name}"),
        .. Each(
            Access.Admin,
            "GET" + Root + "/tokens",
            "POST" + Root + "/tokens",
            "DELETE" + Root + "/tokens/{name}",
            "GET" + Root + "/audit",
            "GET" + Root + "/audit/verify",
            "GET" + Root + "/configuration"),
    ];

    /// <summary>Every row, <c>METHOD pattern</c>.</summary>
    internal static IEnumerable<string> Rows => s_rules.Keys;

    private static IEnumerable<KeyValuePair<string, Access>> Each(Access access, params IEnumerable<string> routes) =>
        routes.Select(route => KeyValuePair.Create(route, access));
}
