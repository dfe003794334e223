using CyclerControl.Recording.Writing;
using CyclerControl.Service.Channels;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using CyclerControl.Service.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Hosting;

/// <summary>
/// The order of things at both ends. Start: what is measured is offered to collectors. End: no new work, outputs off and confirmed, recordings closed, links closed; the web server is last, so
/// that people see how it goes.
/// </summary>
public sealed class OrderlyShutdown(
    StationHost station, RunFollowUp followUp, QueueRunner queue, ServiceGate gate, CyclerMetrics metrics, RecorderHost recorders, ILogger<OrderlyShutdown> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        metrics.Watch(station, recorders);
        return Task.CompletedTask;
    }

    /// <summary>Outputs off takes no cancellation: it is over when instruments have confirmed it, or cannot be reached within their patience.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        gate.Close();
        queue.Close();
        logger.LogInformation("shutting down: outputs off");
        await station.ShutDownAsync();
        await followUp.DrainAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
