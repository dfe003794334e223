using System.Collections.Concurrent;
using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <summary>
/// The thread of a second connection: sends the safe state of a channel as soon as somebody asks, whatever the link's thread waits for. The
/// link's thread switches off as well; what comes first counts. A wish that the link has served meanwhile is dropped, so that it can never
/// meet the run after it.
/// </summary>
internal sealed class AbortThread : IDisposable
{
    private const int PrepareWish = -1;
    private const int DropWish = -2;

    private readonly IInstrumentLink _link;
    private readonly ILinkObserver _observer;
    private readonly Func<InstrumentIdentity?> _identity;
    private readonly Func<int, long, bool> _isServed;
    private readonly BlockingCollection<(int Channel, int Number, long Ticket)> _wishes = new(1024);
    private readonly Thread _thread;
    private IAbortLine? _line;

    /// <param name="link">The way to the instrument.</param>
    /// <param name="observer">Told when the line does not work.</param>
    /// <param name="identity">Who answered on the link's own connection; null before.</param>
    /// <param name="isServed">Whether the link's thread has served this channel's wish.</param>
    public AbortThread(IInstrumentLink link, ILinkObserver observer, Func<InstrumentIdentity?> identity, Func<int, long, bool> isServed)
    {
        _link = link;
        _observer = observer;
        _identity = identity;
        _isServed = isServed;
        _thread = new Thread(Work) { Name = $"abort {link.Address.Name}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Any thread; returns at once. A full queue drops the wish: the link's thread has it too.</summary>
    /// <param name="channel">Place among the link's channels.</param>
    /// <param name="number">Number on the instrument.</param>
    /// <param name="ticket">Of the wish.</param>
    public void SafeState(int channel, int number, long ticket) => Post((channel, number, ticket));

    /// <summary>The link is open: connects the line, so that the first Stop need not wait for it.</summary>
    public void Prepare() => Post((PrepareWish, 0, 0));

    /// <summary>The link's own connection is lost, so this one is not to be trusted either: it is given up, and an instrument that has room for one only is free.</summary>
    public void Drop() => Post((DropWish, 0, 0));

    /// <summary>Waits for nobody: an exchange that is under way ends with its timeout.</summary>
    public void Dispose() => _wishes.CompleteAdding();

    private void Post((int Channel, int Number, long Ticket) wish)
    {
        try
        {
            _wishes.TryAdd(wish);
        }
        catch (InvalidOperationException)
        {
            // Disposed meanwhile: the link's own thread, which is about to end, switches off.
        }
    }

    private void Work()
    {
        foreach (var (channel, number, ticket) in _wishes.GetConsumingEnumerable())
        {
            if (channel == DropWish)
            {
                _line?.Dispose();
                _line = null;
            }
            else if (_identity() is { } identity && (channel < 0 || !_isServed(channel, ticket)))
            {
                Serve(channel, number, identity);
            }
        }

        _line?.Dispose();
    }

    // A line that has been idle for days may be dead without anybody having noticed: it is connected anew once.
    private void Serve(int channel, int number, InstrumentIdentity identity)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
#pragma warning disable CA1031 // Whatever went wrong: the link's own thread switches off too, and somebody is told.
            try
            {
                _line ??= _link.OpenAbortLine(identity);
                if (channel >= 0)
                {
                    _line?.SafeState(number);
                }

                return;
            }
            catch (Exception failure)
            {
                _line?.Dispose();
                _line = null;
                if (attempt > 0)
                {
                    _observer.Alarm(_link.Address.Name, "the abort connection failed: " + failure.Message);
                }
            }
#pragma warning restore CA1031
        }
    }
}
