using CyclerControl.Service.Notifications;

namespace CyclerControl.Service.Tests.Notifications;

/// <summary>Remembers what it was given; what an attempt does says the test.</summary>
internal sealed class RecordingTarget(Func<Notification, CancellationToken, Task>? attempt = null) : INotificationTarget
{
    private readonly List<Notification> _sent = [];
    private readonly Lock _guard = new();

    public string Name => "test";

    public IReadOnlyList<Notification> Sent
    {
        get
        {
            lock (_guard)
            {
                return [.. _sent];
            }
        }
    }

    public async Task SendAsync(Notification notification, CancellationToken cancellation)
    {
        if (attempt is not null)
        {
            await attempt(notification, cancellation);
        }

        lock (_guard)
        {
            _sent.Add(notification);
        }
    }
}
