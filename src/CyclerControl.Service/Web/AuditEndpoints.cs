using CyclerControl.Service.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>The audit log, for administrators.</summary>
internal static class AuditEndpoints
{
    private const int Most = 10_000;
    private const int Usual = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/audit", (long? after, int? limit, AuditLog log) => limit is < 1 or > Most
            ? Replies.Problem(StatusCodes.Status400BadRequest, $"limit: {limit} is not within 1 to {Most}")
            : Results.Json(
                after is { } known ? AuditChain.Read(log.FilePath, known, limit ?? Usual) : AuditChain.Last(log.FilePath, limit ?? Usual),
                Client.ApiJson.Options));
        api.MapGet("/audit/verify", (AuditLog log) => AuditChain.Verify(log.FilePath));
    }
}
