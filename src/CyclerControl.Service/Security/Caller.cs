using CyclerControl.Client.Security;
using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Security;

/// <summary>Who sends this request, and from where.</summary>
/// <param name="Who">Null: nobody that is known.</param>
/// <param name="From">Address of the other end of the connection; headers that claim another one are not believed.</param>
/// <param name="ByCookie">True when a browser's session answers for it.</param>
/// <param name="Attempted">True when a token or a session was shown, good or not.</param>
public sealed record Caller(Identified? Who, string From, bool ByCookie, bool Attempted)
{
    public bool May(Access access) => access == Access.Anybody || (Who is { } who && access switch
    {
        Access.Stop or Access.Viewer => true,
        Access.Operator => who.Role >= Role.Operator,
        Access.Engineer => who.Role >= Role.Engineer,
        _ => who.Role >= Role.Admin,
    });
}

/// <summary>The caller travels with the request.</summary>
public static class CallerOfRequest
{
    private static readonly object s_key = new();

    /// <summary>Who sent this; set before any endpoint is called.</summary>
    public static Caller Caller(this HttpContext http) =>
        (Caller?)http.Items[s_key] ?? new Caller(null, http.Connection.RemoteIpAddress?.ToString() ?? "", false, false);

    internal static void SetCaller(this HttpContext http, Caller caller) => http.Items[s_key] = caller;
}
