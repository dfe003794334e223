using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;

namespace CyclerControl.Service.Channels;

/// <summary>One protocol on many channels. Each line stands for itself: one that is refused keeps no other from starting.</summary>
public sealed class BulkStarter(ChannelStarter starter)
{
    public async Task<IReadOnlyList<BulkStartResult>> StartAsync(BulkStartRequest request) =>
        await Task.WhenAll(request.Channels.Select(line => StartAsync(request.Start, line)));

    private async Task<BulkStartResult> StartAsync(StartRequest order, BulkStartEntry line)
    {
        if (!ChannelId.TryParse(line.Channel, out var channel))
        {
            return new BulkStartResult(line.Channel, null, [], [$"'{line.Channel}' is no channel; write instrument/number, for example demo/3"]);
        }

        var answer = await starter.StartAsync(channel, order with { Cell = line.Cell ?? order.Cell });
        return new BulkStartResult(line.Channel, answer.Value?.RunId, answer.Value?.Warnings ?? [], answer.Refusal?.Reasons ?? []);
    }
}
