using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Links;

/// <content>Closed, opening, open.</content>
internal sealed partial class LinkLoop
{
    private static readonly long s_firstRetryPause = Nanoseconds.PerSecond;
    private static readonly long s_longestRetryPause = 30 * Nanoseconds.PerSecond;

    /// <summary>A link that stood for so long was a sound one: what it loses, it may try to have back at once.</summary>
    private static readonly long s_sound = 10 * Nanoseconds.PerSecond;

    /// <summary>So often in a row a link may break that was never sound in between; then the runs on it are held.</summary>
    private const int MostLossesInARow = 20;

    private const int LongestExchangeTold = 160;

    private readonly OrphanedRuns _orphans;
    private LinkStatus _status = LinkStatus.Closed;
    private IInstrument? _instrument;
    private InstrumentIdentity? _identity;
    private bool _isWanted = true;
    private int _attempt;
    private long _retryAt;
    private long _retryPause = s_firstRetryPause;
    private long _openedAt;
    private int _lossesInARow;

    /// <summary>Drops the connection without a word on it: the loop was abandoned, or has finished.</summary>
    public void Leave()
    {
        _opener.Cancel();
        FailWaiting(new InstrumentUnreachableException($"the link to {_setting.Link.Address.Name} was shut down"));
        DropInstrument();
        IsFinished = true;
    }

    private void ServeWhileClosed()
    {
        foreach (var runner in _runners)
        {
            Guarded(runner, 0, static (r, _) => r.JudgeLoss());
        }

        if (_status == LinkStatus.Closed && _isWanted && _clock.NowNanoseconds >= _retryAt)
        {
            ShowStatus(LinkStatus.Opening);
            _opener.BeginOpen(++_attempt);
        }
    }

    /// <summary>First act on a new connection: who are you, all outputs off, confirmed.</summary>
    private void TakeInstrument(OpenedMessage opened)
    {
        if (opened.Attempt != _attempt || _status != LinkStatus.Opening)
        {
            opened.Instrument.Dispose();
            return;
        }

        _instrument = opened.Instrument;
        bool poweredOn;
#pragma warning disable CA1031 // Whatever went wrong: this connection is not used.
        try
        {
            poweredOn = _instrument.Initialize(_identity);
            CheckGeneration();
            _heartbeat.Beat();
            _instrument.SafeState();
            CheckGeneration();
            FindChannels();
        }
        catch (WrongInstrumentException wrong)
        {
            RefuseInstrument(wrong);
            return;
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            RetryLater(failure as InstrumentException ?? new LinkFaultException(failure.Message, failure));
            return;
        }
#pragma warning restore CA1031

        _identity = _instrument.Identity;
        _openedAt = _clock.NowNanoseconds;
        _readsAll = true;
        _lastExchange = _clock.NowNanoseconds;
        _setting.Observer.LinkOpened(_setting.Link.Address.Name, _identity);
        ShowStatus(LinkStatus.Open);
        _orphans.End(_generation, outputsOff: true);
        for (var i = 0; i < _runners.Length && _status == LinkStatus.Open; i++)
        {
            Guarded(_runners[i], (Channel: _channels[i]!, PoweredOn: poweredOn, Identity: _identity), static (r, a) => r.ConnectLink(a.Channel, a.PoweredOn, a.Identity));
        }

        AnswerWaiting();
    }

    private void TakeFailure(OpenFailedMessage failed)
    {
        if (failed.Attempt != _attempt || _status != LinkStatus.Opening)
        {
            return;
        }

        if (failed.IsFinal)
        {
            RetryLater(failed.Failure);
            return;
        }

        Report(failed.Failure);
    }

    private void LoseLink(Exception failure)
    {
        if (_status != LinkStatus.Open)
        {
            return;
        }

        var exchanges = ((failure as InstrumentException)?.LastExchanges ?? []).Select(Shortened).ToList();
        DropInstrument();
        _setting.Observer.LinkClosed(
            _setting.Link.Address.Name,
            exchanges.Count == 0 ? failure.Message : $"{failure.Message}; last exchanges: {string.Join(" | ", exchanges)}");
        ShowStatus(LinkStatus.Closed);
        ScheduleRetry();
        foreach (var runner in _runners)
        {
            Guarded(runner, failure.Message, static (r, message) => r.LoseLink(message));
        }

        if (_lossesInARow >= MostLossesInARow)
        {
            var words = FormattableString.Invariant(
                $"the link broke {_lossesInARow} times in a row, each time within {s_sound / Nanoseconds.PerSecond} s: look at cable, gateway and other programs on the instrument. Last: {failure.Message}");
            foreach (var runner in _runners)
            {
                Guarded(runner, words, static (r, w) => r.GiveUpOnLink(w));
            }
        }
    }

    /// <summary>The first loss is made good at once. A link that breaks again and again would switch outputs on and off as fast as it can be opened.</summary>
    private void ScheduleRetry()
    {
        var now = _clock.NowNanoseconds;
        if (now - _openedAt >= s_sound)
        {
            (_lossesInARow, _retryPause) = (0, s_firstRetryPause);
        }

        _retryAt = now;
        if (++_lossesInARow > 1)
        {
            _retryAt += _retryPause;
            _retryPause = Math.Min(_retryPause * 2, s_longestRetryPause);
        }
    }

    private static string Shortened(string exchange) => exchange.Length <= LongestExchangeTold ? exchange : exchange[..LongestExchangeTold] + "...";

    private void RetryLater(InstrumentException failure)
    {
        DropInstrument();
        Report(failure);
        _retryAt = _clock.NowNanoseconds + _retryPause;
        _retryPause = Math.Min(_retryPause * 2, s_longestRetryPause);
        ShowStatus(LinkStatus.Closed);
    }

    private void RefuseInstrument(WrongInstrumentException wrong)
    {
        DropInstrument();
        _isWanted = false;
        _retryAt = _clock.NowNanoseconds;
        _setting.Observer.Alarm(_setting.Link.Address.Name, wrong.Message);
        Report(wrong);
        ShowStatus(LinkStatus.Closed);
        foreach (var runner in _runners)
        {
            Guarded(runner, wrong.Message, static (r, message) => r.LoseInstrument(message));
        }
    }

    private void Report(InstrumentException failure)
    {
        _setting.Observer.OpenAttemptFailed(_setting.Link.Address.Name, failure.Message);
        FailWaiting(failure);
        _orphans.End(_generation, outputsOff: false);
    }

    private void FindChannels()
    {
        var numbers = _setting.Link.ChannelNumbers;
        for (var i = 0; i < numbers.Count; i++)
        {
            _channels[i] = _instrument!.Channels.FirstOrDefault(c => c.Id.Number == numbers[i])
                ?? throw new WrongInstrumentException(FormattableString.Invariant(
                    $"{_setting.Link.Address.Name} has no channel {numbers[i]}, which its profile promises; check 'channels' in the profile"));
        }
    }

    private void DropInstrument()
    {
        Array.Clear(_channels);
#pragma warning disable CA1031 // A connection that cannot even be closed is gone all the same.
        try
        {
            _instrument?.Dispose();
        }
        catch (Exception failure)
        {
            _setting.Observer.LinkClosed(_setting.Link.Address.Name, "while closing: " + failure.Message);
        }
#pragma warning restore CA1031
        _instrument = null;
        _setting.Closed?.Invoke();
    }

    private void ShowStatus(LinkStatus status)
    {
        _status = status;
        foreach (var runner in _runners)
        {
            runner.ShowLink(status);
        }
    }
}
