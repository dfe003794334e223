namespace CyclerControl.Service.Hosting;

/// <summary>Open while the service takes new work. It closes once: at shutdown, before outputs go off. Stop is never behind it.</summary>
public sealed class ServiceGate
{
    private volatile bool _isClosed;

    public bool IsClosed => _isClosed;

    public void Close() => _isClosed = true;
}
