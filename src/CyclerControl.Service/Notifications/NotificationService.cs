using CyclerControl.Recording.Files;
using CyclerControl.Service.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Notifications;

/// <summary>Lets the lanes work, and looks at the disk each minute.</summary>
internal sealed class NotificationService(
    NotificationPlan plan, NotificationDesk desk, RunFollowUp followUp, DataFolder data, TimeProvider time, ILogger<NotificationService> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _lanes = Task.CompletedTask;
    private Task _disk = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        followUp.Listen(desk.Finished);
        _lanes = Task.WhenAll(desk.Lanes.Select(lane => Task.Run(() => lane.WorkAsync(_stop.Token), CancellationToken.None)));
        if (plan.DiskFreeGigabytes > 0)
        {
            var watch = new DiskWatch(desk, data.Path, plan.DiskFreeGigabytes, () => new DriveInfo(data.Path).AvailableFreeSpace);
            _disk = Task.Run(() => WatchDiskAsync(watch), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <summary>What is on its way has a few seconds; a target that is away does not hold up the end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in desk.Lanes)
        {
            lane.Complete();
        }

        _stop.CancelAfter(s_farewell);
        await _lanes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _disk.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchDiskAsync(DiskWatch watch)
    {
        using var minutes = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        do
        {
            try
            {
                watch.Look();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                logger.LogWarning("free space of {Folder} is not known: {Reason}", data.Path, failure.Message);
            }
        }
        while (await minutes.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
    }
}
