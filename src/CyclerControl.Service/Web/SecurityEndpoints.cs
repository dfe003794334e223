using CyclerControl.Client;
using CyclerControl.Client.Security;
using CyclerControl.Service.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>Users: who asks, sessions of browsers, tokens.</summary>
internal static class SecurityEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/whoami", (HttpContext http) => View(http.Caller().Who!));
        api.MapPost("/login", LoginAsync);
        api.MapPost("/logout", Logout);
        api.MapGet("/tokens", (TokenStore tokens) => tokens.All);
        api.MapPost("/tokens", async (HttpRequest http, TokenStore tokens) =>
        {
            var body = await RequestBody.ReadAsync<TokenRequest>(http);
            return body.Value is { } request ? Replies.Of(tokens.Add(request.Name, request.Role)) : Replies.Of(body.Refusal!);
        });
        api.MapDelete("/tokens/{name}", (string name, TokenStore tokens) => Replies.Of(tokens.Revoke(name)));
    }

    private static async Task<IResult> LoginAsync(HttpContext http, TokenStore tokens, SessionBook sessions, FailedLogins failed)
    {
        var caller = http.Caller();
        if (failed.IsClosedTo(caller.From))
        {
            return Replies.Problem(StatusCodes.Status429TooManyRequests, "too many wrong tokens from this address; wait a minute, then use the right one");
        }

        var body = await RequestBody.ReadAsync<LoginRequest>(http.Request);
        if (body.Value is not { } request)
        {
            return Replies.Of(body.Refusal!);
        }

        if (tokens.Find(request.Token.Trim()) is not { } who)
        {
            failed.IsTooMany(caller.From);
            return Replies.Problem(StatusCodes.Status401Unauthorized, "the token is wrong or has been revoked; log in with a good one");
        }

        http.SetCaller(caller with { Who = who });
        http.Response.Cookies.Append(SessionBook.Cookie, sessions.Open(who), Settings(http));
        return Results.Json(View(who), ApiJson.Options);
    }

    private static IResult Logout(HttpContext http, SessionBook sessions)
    {
        if (http.Request.Cookies[SessionBook.Cookie] is { } cookie)
        {
            sessions.Close(cookie);
        }

        http.Response.Cookies.Delete(SessionBook.Cookie, Settings(http));
        return Results.NoContent();
    }

    private static CookieOptions Settings(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        IsEssential = true,
        Path = "/",
    };

    private static Identity View(Identified who) => new(who.Name, who.Role.Word());
}
