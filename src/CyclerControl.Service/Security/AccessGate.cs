using CyclerControl.Service.Web;
using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Security;

/// <summary>Lets a request through to its endpoint, or says why not.</summary>
internal sealed class AccessGate(Authenticator authenticator, FailedLogins failed, SourceCheck source, RequestLimits limits)
{
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        var access = AccessTable.Of(http);
        var caller = authenticator.Identify(http);
        http.SetCaller(caller);

        // Whoever shows a token with a Stop has not been tricked into it by a web page: nothing else is asked.
        if (access == Access.Stop && caller is { Who: not null, ByCookie: false })
        {
            await next(http);
            return;
        }

        if ((source.Objection(http, caller) ?? Objection(caller, access)) is { } objection)
        {
            if (objection.Status == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
            }

            await objection.Result.ExecuteAsync(http);
            return;
        }

        if (access == Access.Stop)
        {
            await next(http);
            return;
        }

        await limits.PassAsync(http, caller, next);
    }

    private Objection? Objection(Caller caller, Access access)
    {
        if (caller.May(access))
        {
            return null;
        }

        if (caller.Who is { } who)
        {
            return new Objection(
                StatusCodes.Status403Forbidden,
                $"'{who.Name}' is {who.Role.Word()}; this needs {access.ToString().ToLowerInvariant()}: ask an administrator for a token with that role ('cycler token add NAME --role {access.ToString().ToLowerInvariant()}')");
        }

        if (!caller.Attempted)
        {
            return new Objection(StatusCodes.Status401Unauthorized, "no token was shown; log in, or send 'Authorization: Bearer TOKEN'");
        }

        return failed.IsTooMany(caller.From)
            ? new Objection(StatusCodes.Status429TooManyRequests, "too many wrong tokens from this address; wait a minute, then use the right one")
            : new Objection(StatusCodes.Status401Unauthorized, caller.ByCookie ? "the session has ended; log in again" : "the token is wrong or has been revoked; log in with a good one");
    }
}

/// <summary>Why a request goes no further.</summary>
internal sealed record Objection(int Status, string Reason)
{
    public IResult Result => Replies.Problem(Status, Reason);
}
