using CyclerControl.Service.Stations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Hosting;

/// <summary>
/// Feeds the service manager's watchdog, for as long as the links' loops give their signs of life: a timer that ticks in a process whose
/// loops hang would say nothing. When one link is silent, the supervisor replaces its loop first; only if that does not help either is the
/// feeding stopped, and the manager restarts us.
/// </summary>
public sealed class WatchdogFeeder(ServiceNotifier manager, StationHost station, TimeProvider time, ILogger<WatchdogFeeder> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        manager.Ready($"station '{station.Station.Name}', {station.Station.Channels.Count()} channels");
        if (manager.WatchdogPeriod is not { } period)
        {
            return;
        }

        using var ticker = new PeriodicTimer(period / 3, time);
        while (await ticker.WaitForNextTickAsync(stoppingToken))
        {
            if (station.Links.All(l => l.IsAlive))
            {
                manager.Alive();
            }
            else
            {
                logger.LogError("a link's loop is silent: the watchdog of the service manager is not fed");
            }
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        manager.Stopping();
        return base.StopAsync(cancellationToken);
    }
}
