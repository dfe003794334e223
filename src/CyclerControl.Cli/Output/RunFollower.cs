using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection;
using CyclerControl.Service.Runs;

namespace CyclerControl.Cli.Output;

/// <summary>Looks at a running channel several times a second and tells the display.</summary>
internal sealed class RunFollower(RunSession session, IRunDisplay display, RunProgress progress, IClock clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);
    private readonly TimeProvider _time = TimeProvider.System;
    private DetectionEvent? _told;

    /// <summary>An end that was asked for while the link is lost is confirmed by nobody: for so long it is waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <param name="stop">Somebody wants the end.</param>
    /// <returns>False: the end was asked for, and the instrument could not be told within 10 s.</returns>
    public async Task<bool> UntilOverAsync(CancellationToken stop)
    {
        long? askedAt = null;
        var startedAt = _time.GetTimestamp();
        var startedOn = clock.NowNanoseconds;
        using var ticker = new PeriodicTimer(s_interval, _time);
        while (!session.Conclusion.IsCompleted)
        {
            await Task.WhenAny(session.Conclusion, ticker.WaitForNextTickAsync(CancellationToken.None).AsTask());
            var seconds = _time.GetElapsedTime(startedAt).TotalSeconds;
            Look((clock.NowNanoseconds - startedOn) * 1e-9 / Math.Max(seconds, 1e-3));
            askedAt ??= stop.IsCancellationRequested ? _time.GetTimestamp() : null;
            if (askedAt is { } asked && _time.GetElapsedTime(asked) > s_patience && session.Snapshot().Link != LinkStatus.Open)
            {
                return session.Conclusion.IsCompleted;
            }
        }

        return true;
    }

    private void Look(double speed)
    {
        var snapshot = session.Snapshot();
        if (snapshot.LastDetection is { } detection && !ReferenceEquals(detection, _told))
        {
            _told = detection;
            display.Say(DetectionText.Line(detection, snapshot, progress));
        }

        if (!session.Conclusion.IsCompleted)
        {
            display.Show(snapshot, speed);
        }
    }
}
