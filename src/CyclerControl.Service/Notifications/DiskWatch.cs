namespace CyclerControl.Service.Notifications;

/// <summary>Tells once when the disk gets low, and again only after there was room in between.</summary>
public sealed class DiskWatch(NotificationDesk desk, string folder, int leastGigabytes, Func<long> freeBytes)
{
    private const double BytesPerGigabyte = 1e9;

    private bool _isLow;

    public void Look()
    {
        var free = freeBytes() / BytesPerGigabyte;
        if (free < leastGigabytes && !_isLow)
        {
            _isLow = true;
            desk.Tell("disk_low", folder, FormattableString.Invariant($"{free:0.0} GB are free, less than {leastGigabytes} GB; a full disk ends every run"));
        }
        else if (free > leastGigabytes * 1.1)
        {
            _isLow = false;
        }
    }
}
