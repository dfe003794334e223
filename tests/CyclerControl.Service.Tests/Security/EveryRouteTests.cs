using System.Net;
using System.Text.RegularExpressions;
using CyclerControl.Client.Security;
using CyclerControl.Service.Security;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Tests.Security;

/// <summary>Walks all routes that the server has, with every role, a wrong token and none.</summary>
public sealed partial class EveryRouteTests
{
    private const string Wrong = "cyc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task EveryRoute_IsInTheTable()
    {
        await using var bench = await DoorBench.StartAsync();

        Assert.All(Routes(bench), route => Assert.True(
            AccessTable.Of(route.Method, route.Pattern) is not null, $"{route.Method} {route.Pattern} has no line in AccessTable"));
    }

    [Fact]
    public async Task EveryRowOfTheTable_IsARoute()
    {
        await using var bench = await DoorBench.StartAsync();

        Assert.Equal(Routes(bench).Select(route => $"{route.Method} {route.Pattern}").Order(StringComparer.Ordinal), AccessTable.Rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryRoute_WithEveryRole_IsOpenToThoseOfTheTableOnly()
    {
        await using var bench = await DoorBench.StartAsync();
        var users = Enum.GetValues<Role>().Select(role => (Role: role, Token: bench.TokenOf("a-" + role, role.ToString().ToLowerInvariant()))).ToList();
        var wrong = new List<string>();
        foreach (var (method, pattern) in Routes(bench))
        {
            var access = AccessTable.Of(method, pattern)!.Value;
            foreach (var (role, token) in users)
            {
                var status = await TryAsync(bench, method, pattern, token);
                var isRefused = status == HttpStatusCode.Forbidden;
                if (isRefused == May(access, role) || status == HttpStatusCode.Unauthorized)
                {
                    wrong.Add($"{method} {pattern} as {role}: {(int)status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRoute_WithAWrongTokenOrNone_IsClosedButHealthAndLogin()
    {
        await using var bench = await DoorBench.StartAsync();
        foreach (var (method, pattern) in Routes(bench))
        {
            var isOpen = AccessTable.Of(method, pattern) == Access.Anybody;
            foreach (var token in new[] { null, Wrong, "", bench.Admin + "x", bench.Admin[..^1] })
            {
                bench.Time.Pass(TimeSpan.FromMinutes(10));
                var status = await TryAsync(bench, method, pattern, token);
                Assert.True(
                    status == HttpStatusCode.Unauthorized != (isOpen && pattern != "/api/v1/login") || (pattern == "/api/v1/login" && status == HttpStatusCode.BadRequest),
                    $"{method} {pattern} with '{token}': {(int)status}");
            }
        }
    }

    /// <summary>The role of an address that is not there must not be guessable either.</summary>
    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("POST", "/nothing")]
    [InlineData("PATCH", "/api/v1/station")]
    [InlineData("GET", "/api/v1/../tokens")]
    [InlineData("POST", "/api/v1/channels/test/x/stop")]
    public async Task UnknownAddress_WithoutAToken_IsUnauthorized(string method, string path)
    {
        await using var bench = await DoorBench.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await bench.StatusAsync(new HttpMethod(method), path, null));
    }

    private static bool May(Access access, Role role) => access switch
    {
        Access.Anybody or Access.Stop or Access.Viewer => true,
        Access.Operator => role is Role.Operator or Role.Engineer or Role.Admin,
        Access.Engineer => role is Role.Engineer or Role.Admin,
        _ => role == Role.Admin,
    };

    private static async Task<HttpStatusCode> TryAsync(DoorBench bench, string method, string pattern, string? token)
    {
        var path = Parameter().Replace(pattern, match => match.Value.Contains(":int", StringComparison.Ordinal) || match.Value.Contains(":long", StringComparison.Ordinal) ? "1" : "nobody");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", token is null ? [] : [$"Bearer {token}"]);
        using var answer = await bench.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static List<(string Method, string Pattern)> Routes(DoorBench bench)
    {
        var routes = ((IEndpointRouteBuilder)bench.Web).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("{*", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (method, endpoint.RoutePattern.RawText!)))
            .Distinct()
            .ToList();
        Assert.True(routes.Count > 20);
        return routes;
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
