using CyclerControl.Client.Channels;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Streaming;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CyclerControl.Service.Tests.Streaming;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_FirstPiece_IsAllChannelsAsTheyAre()
    {
        await using var door = await DoorBench.StartAsync();

        using var reader = await OpenAsync(door, null);
        var piece = await PieceAsync(reader);

        Assert.StartsWith("id: ", piece[0]);
        Assert.Equal("event: channels", piece[1]);
        Assert.Contains("\"channel\":\"demo/1\"", piece[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_OnlyWhatHasChanged_IsToldOnceForAll()
    {
        await using var door = await DoorBench.StartAsync();
        var hub = door.Web.Services.GetRequiredService<StreamHub>();
        await IdleAsync(door);
        var first = hub.Join(null)!;
        var second = hub.Join(null)!;
        hub.Look();
        Drain(first);
        Drain(second);
        hub.Look();
        Assert.False(first.Events.TryRead(out _)); // Nothing has changed.

        door.Web.Services.GetRequiredService<ChannelQueues>().Add(Plating.Channel, new QueueRequest { Start = new StartRequest { Protocol = "x" } });
        hub.Look();

        Assert.True(first.Events.TryRead(out var one));
        Assert.True(second.Events.TryRead(out var two));
        Assert.Same(one, two);
    }

    [Fact]
    public async Task Hub_ViewerThatComesBack_GetsWhatItMissed()
    {
        await using var door = await DoorBench.StartAsync();
        var hub = door.Web.Services.GetRequiredService<StreamHub>();
        await IdleAsync(door);
        var viewer = hub.Join(null)!;
        hub.Look();
        var seen = Drain(viewer);
        Change(door, hub);
        Change(door, hub);
        var missed = Drain(viewer);

        var back = Drain(hub.Join(seen)!, out var ids);

        Assert.Equal(missed, back);
        Assert.Equal([seen + 1, seen + 2], ids);
    }

    [Fact]
    public async Task Hub_SlowViewer_IsDroppedAndTheOthersGoOn()
    {
        await using var door = await DoorBench.StartAsync();
        var hub = door.Web.Services.GetRequiredService<StreamHub>();
        await IdleAsync(door);
        var slow = hub.Join(null)!;
        var quick = hub.Join(null)!;

        for (var i = 0; i < 100; i++)
        {
            Change(door, hub);
            Drain(quick);
        }

        Assert.Equal(1, hub.Viewers);
        Drain(slow);
        Assert.True(slow.Events.Completion.IsCompleted);
        Assert.False(quick.Events.Completion.IsCompleted);
    }

    private static void Change(DoorBench door, StreamHub hub)
    {
        var queues = door.Web.Services.GetRequiredService<ChannelQueues>();
        if (queues.Next(Plating.Channel) is { } order)
        {
            queues.Remove(Plating.Channel, order.Id);
        }
        else
        {
            queues.Add(Plating.Channel, new QueueRequest { Start = new StartRequest { Protocol = "x" } });
        }

        hub.Look();
    }

    private static async Task IdleAsync(DoorBench door)
    {
        var views = door.Web.Services.GetRequiredService<ChannelViews>();
        while (views.All.Any(c => c.State != "idle"))
        {
            await Task.Yield();
        }
    }

    private static long Drain(StreamViewer viewer) => Drain(viewer, out _);

    private static long Drain(StreamViewer viewer, out List<long> ids)
    {
        ids = [];
        while (viewer.Events.TryRead(out var piece))
        {
            ids.Add(piece.Id);
        }

        return ids.Count == 0 ? 0 : ids[^1];
    }

    private static async Task<StreamReader> OpenAsync(DoorBench door, string? lastId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
        request.Headers.Authorization = new("Bearer", door.Admin);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var answer = await door.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task<List<string>> PieceAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                lines.Add(line);
            }
            else if (lines.Exists(l => l.StartsWith("data: ", StringComparison.Ordinal)))
            {
                return lines;
            }
            else
            {
                lines.Clear();
            }
        }

        throw new InvalidOperationException("the stream has ended");
    }
}
