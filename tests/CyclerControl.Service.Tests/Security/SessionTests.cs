using System.Net;
using System.Net.Http.Json;
using CyclerControl.Client;
using CyclerControl.Client.Security;

namespace CyclerControl.Service.Tests.Security;

/// <summary>Browsers: a token is exchanged for a cookie that no script can read and no other page can send.</summary>
public sealed class SessionTests
{
    private const string Login = "/api/v1/login";

    [Fact]
    public async Task Login_GoodToken_GivesACookieThatScriptsAndOtherPagesCannotUse()
    {
        await using var bench = await DoorBench.StartAsync();
        using var answer = await LogInAsync(bench, bench.TokenOf("operator"));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        using var who = await bench.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, null, r => r.Headers.Add("Cookie", Value(cookie)));
        Assert.Equal(new Identity("operator", "operator"), await who.Content.ReadFromJsonAsync<Identity>(ApiJson.Options));
    }

    [Fact]
    public async Task Session_UsedForLong_StaysOpenAndUnusedForHalfADay_Ends()
    {
        await using var bench = await DoorBench.StartAsync();
        var cookie = await CookieAsync(bench, bench.TokenOf("viewer"));
        for (var i = 0; i < 5; i++)
        {
            bench.Time.Pass(TimeSpan.FromHours(11));
            Assert.Equal(HttpStatusCode.OK, await WhoAsync(bench, cookie));
        }

        bench.Time.Pass(TimeSpan.FromHours(12));

        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAsync(bench, cookie));
    }

    [Fact]
    public async Task Session_TokenRevokedOrLoggedOut_Ends()
    {
        await using var bench = await DoorBench.StartAsync();
        var revoked = await CookieAsync(bench, bench.TokenOf("viewer"));
        var left = await CookieAsync(bench, bench.TokenOf("operator"));
        bench.Tokens.Revoke("viewer");
        Assert.Equal(HttpStatusCode.NoContent, await bench.StatusAsync(HttpMethod.Post, "/api/v1/logout", null, null, r => Shape(r, left, bench.Url.GetLeftPart(UriPartial.Authority))));

        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAsync(bench, revoked));
        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAsync(bench, left));
    }

    [Fact]
    public async Task Login_WrongTokens_AreTakenTenTimesThenRefusedUntilLater()
    {
        await using var bench = await DoorBench.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await LogInAsync(bench, "cyc_wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using (var refused = await LogInAsync(bench, bench.Admin))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        bench.Time.Pass(TimeSpan.FromMinutes(1));
        using var later = await LogInAsync(bench, bench.Admin);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Bearer_GoodTokenFromAnAddressThatGuesses_IsStillTaken()
    {
        await using var bench = await DoorBench.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(i < 10 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, await bench.StatusAsync(HttpMethod.Get, "/api/v1/whoami", "cyc_wrong"));
        }

        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Get, "/api/v1/whoami", bench.Admin));
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, "/api/v1/stop-all", bench.Admin));
    }

    [Theory]
    [InlineData("?token=")]
    [InlineData("?access_token=")]
    public async Task Token_InTheAddress_OpensNothing(string query)
    {
        await using var bench = await DoorBench.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await bench.StatusAsync(HttpMethod.Get, "/api/v1/whoami" + query + bench.Admin, null));
    }

    internal static async Task<string> CookieAsync(DoorBench bench, string token)
    {
        using var answer = await LogInAsync(bench, token);
        return Value(Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    internal static void Shape(HttpRequestMessage request, string cookie, string? origin)
    {
        request.Headers.Add("Cookie", cookie);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }
    }

    private static Task<HttpResponseMessage> LogInAsync(DoorBench bench, string token) =>
        bench.SendAsync(HttpMethod.Post, Login, null, $$"""{"token":"{{token}}"}""");

    private static Task<HttpStatusCode> WhoAsync(DoorBench bench, string cookie) =>
        bench.StatusAsync(HttpMethod.Get, "/api/v1/whoami", null, null, r => r.Headers.Add("Cookie", cookie));

    private static string Value(string cookie) => cookie.Split(';')[0];
}
