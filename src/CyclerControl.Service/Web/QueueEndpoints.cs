using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Stations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>What follows on a channel.</summary>
internal static class QueueEndpoints
{
    private const string Queue = "/channels/{instrument}/{number:int}/queue";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(Queue, (string instrument, int number, StationHost station, ChannelViews views) =>
        {
            var channel = new ChannelId(instrument, number);
            return station.Station.InstrumentOf(channel) is null
                ? Replies.Of(ChannelWishes.Unknown(station, channel))
                : Results.Json(views.Waiting(channel).Select(o => o.View()), Client.ApiJson.Options);
        });
        api.MapPost(Queue, async (string instrument, int number, HttpRequest http, QueueRunner runner) =>
        {
            var body = await RequestBody.ReadAsync<QueueRequest>(http);
            return body.Value is { } request ? Replies.Of(runner.Add(new ChannelId(instrument, number), request with { Start = request.Start.By(http) })) : Replies.Of(body.Refusal!);
        });
        api.MapPost(Queue + "/confirm", async (string instrument, int number, QueueRunner runner) =>
            Replies.Of(await runner.ConfirmAsync(new ChannelId(instrument, number))));
        api.MapDelete(Queue + "/{id:long}", (string instrument, int number, long id, ChannelQueues queues) =>
            queues.Remove(new ChannelId(instrument, number), id)
                ? Results.NoContent()
                : Replies.Problem(StatusCodes.Status404NotFound, $"{instrument}/{number}: no order {id} waits; 'cycler queue {instrument}/{number}' lists them"));
    }
}
