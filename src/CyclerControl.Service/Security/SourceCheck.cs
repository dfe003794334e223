using System.Net;
using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Security;

/// <summary>Keeps web pages of others away: the Host must be a name of ours, and what changes or streams must come from a page of ours.</summary>
internal sealed class SourceCheck(SecurityOptions options)
{
    private static readonly string[] s_loopback = ["localhost", "127.0.0.1", "[::1]"];

    public Objection? Objection(HttpContext http, Caller caller)
    {
        var host = http.Request.Host;
        if (!IsOurs(host.Host))
        {
            return new Objection(
                StatusCodes.Status421MisdirectedRequest,
                "Host: this service is not known by the name that was used; call it by 127.0.0.1 or localhost, or add the name to 'hosts' in its configuration");
        }

        if (!Changes(http.Request.Method) && !AccessTable.IsStream(http))
        {
            return null;
        }

        var origin = http.Request.Headers.Origin;
        if (origin.Count > 0)
        {
            return origin.Count == 1 && string.Equals(origin[0], $"{http.Request.Scheme}://{host.Value}", StringComparison.OrdinalIgnoreCase) ? null : Foreign();
        }

        // Browsers that send no Origin with a same-site GET say so here; what is no browser sends neither.
        var site = http.Request.Headers["Sec-Fetch-Site"];
        return site.Count > 0
            ? site[0] is "same-origin" or "none" ? null : Foreign()
            : caller.ByCookie && Changes(http.Request.Method) ? Foreign() : null;
    }

    public static bool Changes(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    private static Objection Foreign() => new(
        StatusCodes.Status403Forbidden, "Origin: this was sent by a web page that is not of this service; open the service's own page, or use a token");

    private bool IsOurs(string host) =>
        s_loopback.Contains(host, StringComparer.OrdinalIgnoreCase)
        || options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || (options.IsOnNetwork && IPAddress.TryParse(host, out _));
}
