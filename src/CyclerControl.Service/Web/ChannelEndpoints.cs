using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Security;
using CyclerControl.Service.Stations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>Channels: what they do, and what operators want of them.</summary>
internal static class ChannelEndpoints
{
    private const string Channel = "/channels/{instrument}/{number:int}";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/channels", (ChannelViews views) => views.All);
        api.MapGet(Channel, (string instrument, int number, StationHost station, ChannelViews views) =>
            station.Station.InstrumentOf(new ChannelId(instrument, number)) is null
                ? Replies.Of(ChannelWishes.Unknown(station, new ChannelId(instrument, number)))
                : Results.Json(views.Of(new ChannelId(instrument, number)), Client.ApiJson.Options));
        api.MapPost(Channel + "/start", StartAsync).TakesBody<StartRequest>().Produces<StartAnswer>();
        api.MapPost(Channel + "/preflight", PreflightAsync).TakesBody<StartRequest>().Produces<IReadOnlyList<PreflightFinding>>();
        api.MapPost("/bulk-start", BulkStartAsync).TakesBody<BulkStartRequest>().Produces<IReadOnlyList<BulkStartResult>>();
        foreach (var wish in Enum.GetValues<Wish>())
        {
            api.MapPost($"{Channel}/{wish.ToString().ToLowerInvariant()}", (string instrument, int number, ChannelWishes wishes) =>
                Replies.Of(wishes.Ask(new ChannelId(instrument, number), wish)));
        }

        api.MapPost(Channel + "/note", NoteAsync).TakesBody<NoteRequest>().Produces<WishAnswer>();
        api.MapPost("/stop-all", (ChannelWishes wishes) => wishes.StopAll());
    }

    private static async Task<IResult> StartAsync(string instrument, int number, HttpRequest http, ChannelStarter starter)
    {
        var body = await RequestBody.ReadAsync<StartRequest>(http);
        return body.Value is { } request
            ? Replies.Of(await starter.StartAsync(new ChannelId(instrument, number), request.By(http)))
            : Replies.Of(body.Refusal!);
    }

    /// <summary>Where nobody is named as the operator, whoever asks is it.</summary>
    internal static StartRequest By(this StartRequest request, HttpRequest http) =>
        string.IsNullOrWhiteSpace(request.Operator) ? request with { Operator = http.HttpContext.Caller().Who?.Name } : request;

    private static async Task<IResult> PreflightAsync(string instrument, int number, HttpRequest http, ChannelStarter starter)
    {
        var body = await RequestBody.ReadAsync<StartRequest>(http);
        return body.Value is { } request
            ? Replies.Of(await starter.PreflightAsync(new ChannelId(instrument, number), request))
            : Replies.Of(body.Refusal!);
    }

    private static async Task<IResult> BulkStartAsync(HttpRequest http, BulkStarter starter)
    {
        var body = await RequestBody.ReadAsync<BulkStartRequest>(http);
        return body.Value is { } request ? Results.Json(await starter.StartAsync(request with { Start = request.Start.By(http) }), Client.ApiJson.Options) : Replies.Of(body.Refusal!);
    }

    private static async Task<IResult> NoteAsync(string instrument, int number, HttpRequest http, ChannelWishes wishes)
    {
        var body = await RequestBody.ReadAsync<NoteRequest>(http);
        return body.Value is { } request ? Replies.Of(wishes.Note(new ChannelId(instrument, number), request with { Operator = request.Operator ?? http.HttpContext.Caller().Who?.Name })) : Replies.Of(body.Refusal!);
    }
}
