using System.Collections.Concurrent;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>Time whose timers fire when the test says so.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly BlockingCollection<ManualTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state, dueTime);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Fires each timer as soon as it is made, until the task has ended; returns their due times.</summary>
    public async Task<IReadOnlyList<TimeSpan>> DriveAsync(Task task)
    {
        var pauses = new List<TimeSpan>();
        var ended = task.ContinueWith(_ => _timers.CompleteAdding(), TaskScheduler.Default);
        foreach (var timer in _timers.GetConsumingEnumerable())
        {
            pauses.Add(timer.DueTime);
            timer.Fire();
        }

        await ended;
        return pauses;
    }

    private sealed class ManualTimer(TimerCallback callback, object? state, TimeSpan dueTime) : ITimer
    {
        public TimeSpan DueTime { get; } = dueTime;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
