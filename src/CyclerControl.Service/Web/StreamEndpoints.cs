using System.Globalization;
using CyclerControl.Service.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>The live stream: server-sent events of what changes on the channels.</summary>
internal static class StreamEndpoints
{
    /// <summary>A comment now and then shows both ends that the other one lives.</summary>
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(15);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/stream", StreamAsync);

    private static async Task<IResult> StreamAsync(HttpContext http, StreamHub hub, TimeProvider time)
    {
        var lastId = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        if (hub.Join(lastId) is not { } viewer)
        {
            return Replies.Problem(StatusCodes.Status503ServiceUnavailable, $"stream: {StreamHub.MostViewers} watch already; close one, or ask /api/v1/channels now and then");
        }

        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await SendAsync(http, viewer, time);
        }
        catch (Exception left) when (left is OperationCanceledException or IOException)
        {
            // The viewer has gone.
        }
        finally
        {
            hub.Leave(viewer);
        }

        return Results.Empty;
    }

    private static async Task SendAsync(HttpContext http, StreamViewer viewer, TimeProvider time)
    {
        var stop = http.RequestAborted;
        await http.Response.WriteAsync("retry: 2000\n\n", stop);
        await http.Response.Body.FlushAsync(stop);
        Task<bool>? next = null;
        while (true)
        {
            next ??= viewer.Events.WaitToReadAsync(stop).AsTask();
            if (await Task.WhenAny(next, Task.Delay(s_keepAlive, time, stop)) != next)
            {
                await http.Response.WriteAsync(": here\n\n", stop);
            }
            else if (!await next)
            {
                return;
            }
            else
            {
                next = null;
                while (viewer.Events.TryRead(out var streamEvent))
                {
                    await http.Response.Body.WriteAsync(streamEvent.Bytes, stop);
                }
            }

            await http.Response.Body.FlushAsync(stop);
        }
    }
}
