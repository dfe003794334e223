namespace CyclerControl.Service.Notifications;

/// <summary>Where notifications go.</summary>
public interface INotificationTarget
{
    /// <summary>For the log: nothing secret.</summary>
    string Name { get; }

    /// <summary>One attempt.</summary>
    /// <exception cref="DeliveryException">It did not arrive.</exception>
    Task SendAsync(Notification notification, CancellationToken cancellation);
}

/// <summary>A notification did not arrive. The message has nothing secret in it.</summary>
public sealed class DeliveryException(string message, bool isWorthRetrying) : Exception(message)
{
    /// <summary>False where another attempt would end the same.</summary>
    public bool IsWorthRetrying { get; } = isWorthRetrying;
}
