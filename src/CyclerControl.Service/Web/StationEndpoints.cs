using CyclerControl.Client.Stations;
using CyclerControl.Service.Configuration;
using CyclerControl.Service.Hosting;
using CyclerControl.Service.Stations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>The station, and whether the service is well.</summary>
internal static class StationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/station", (StationViews views) => views.Station);
        api.MapGet("/configuration", (EffectiveConfiguration configuration) =>
            configuration.Values.Select(v => new ConfigurationEntry(v.Setting.Key, v.Shown, v.From)));
        api.MapGet("/heartbeat", (ServiceHealth health, TimeProvider time) =>
        {
            var status = health.Look();
            return new Heartbeat(time.GetUtcNow(), status.Status, status.Reasons);
        });
    }

    /// <summary>Asked by service managers and load balancers, without a token: says nothing about cells.</summary>
    public static void MapHealth(IEndpointRouteBuilder web)
    {
        web.MapGet("/health/live", () => Results.Json(new HealthStatus("live", []), Client.ApiJson.Options));
        web.MapGet("/health/ready", (ServiceHealth health) =>
        {
            var status = health.Look();
            return Results.Json(status, Client.ApiJson.Options, statusCode: status.Reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}
