using CyclerControl.Client.Protocols;
using CyclerControl.Core.Protocols;
using CyclerControl.Service.Answers;
using CyclerControl.Service.Protocols;
using CyclerControl.Service.Stations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>Protocols: read, checked, foreseen, and kept as new versions. Profiles: those that the station uses.</summary>
internal static class ProtocolEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/protocols", (ProtocolLibrary library) => library.List);
        api.MapGet("/protocols/{name}", (string name, int? version, ProtocolLibrary library) => Replies.Of(library.Read(name, version)));
        api.MapPost("/protocols/validate", ValidateAsync).TakesBody<ProtocolText>();
        api.MapPost("/protocols/preview", PreviewAsync).TakesBody<ProtocolText>();
        api.MapPut("/protocols/{name}", UploadAsync).TakesBody<ProtocolText>();
        api.MapGet("/profiles", (StationLinks station) => station.Instruments
            .Select(i => new { name = i.Link.Address.Profile, text = i.ProfileText }).DistinctBy(p => p.name).ToList());
    }

    private static async Task<IResult> ValidateAsync(HttpRequest http)
    {
        var body = await RequestBody.ReadAsync<ProtocolText>(http);
        if (body.Value is not { } protocol)
        {
            return Replies.Of(body.Refusal!);
        }

        var problems = ProtocolReader.Read(protocol.Name ?? "protocol", protocol.Text).Problems;
        return Results.Json(new ValidationAnswer(problems.Count == 0, [.. problems.Select(p => p.ToString())]), Client.ApiJson.Options);
    }

    private static async Task<IResult> PreviewAsync(HttpRequest http)
    {
        var body = await RequestBody.ReadAsync<ProtocolText>(http);
        if (body.Value is not { } protocol)
        {
            return Replies.Of(body.Refusal!);
        }

        var (plan, problems) = PlannedProtocol.Read(protocol.Name ?? "protocol", protocol.Text, protocol.Cell, protocol.Parameters ?? new Dictionary<string, string>());
        if (plan is null)
        {
            return Replies.Problem(StatusCodes.Status400BadRequest, [.. problems.Select(p => p.ToString())]);
        }

        var compiled = plan.Compile(channel: null);
        if (compiled.Program is not { } program)
        {
            return Replies.Problem(StatusCodes.Status400BadRequest, [.. compiled.Problems.Select(p => p.ToString())]);
        }

        var preview = ProtocolPreview.Of(program);
        return Results.Json(
            new PreviewAnswer(
                preview.DurationSeconds,
                preview.ChargedAmpHours,
                preview.DischargedAmpHours,
                preview.Records,
                preview.Samples,
                preview.Certainty.ToString().ToLowerInvariant(),
                [.. preview.Segments.Select(s => new PreviewPiece(s.StartSeconds, s.DurationSeconds, s.Amperes, s.Path, s.What, s.Passes))]),
            Client.ApiJson.Options);
    }

    private static async Task<IResult> UploadAsync(string name, HttpRequest http, ProtocolLibrary library)
    {
        var body = await RequestBody.ReadAsync<ProtocolText>(http);
        if (body.Value is not { } protocol)
        {
            return Replies.Of(body.Refusal!);
        }

        var problems = ProtocolReader.Read(name, protocol.Text).Problems;
        return problems.Count > 0
            ? Replies.Of(new Refusal(RefusalKind.Invalid, [.. problems.Select(p => p.ToString())]))
            : Replies.Of(library.Add(name, protocol.Text));
    }
}
