using System.Diagnostics;
using System.Runtime.InteropServices;
using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>
/// The one thread that calls one loaded library, because nobody says that two may. A call that does not return cannot be taken back: the caller
/// gives it up after its time, and until it has returned nobody else gets in.
/// </summary>
internal sealed class EcLibThread
{
    private readonly object _gate = new();
    private string? _busyWith;
    private bool _isGivenUp;
    private Action? _work;

    public EcLibThread(string name)
    {
        var thread = new Thread(Serve) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Runs it there, and waits; wall time, as with any socket.</summary>
    /// <param name="what">For messages.</param>
    /// <exception cref="TimeoutException">It has not returned in time, or an earlier one has not.</exception>
    public T Call<T>(string what, TimeSpan timeout, Func<T> function)
    {
        var since = Stopwatch.GetTimestamp();
        var call = new PendingCall<T>(function);
        lock (_gate)
        {
            while (_busyWith is { } other)
            {
                if (_isGivenUp || !Monitor.Wait(_gate, Left(since, timeout)))
                {
                    throw new TimeoutException(
                        $"{what} was not called: the vendor's library has not returned from {other} yet; if that stays, start this program anew");
                }
            }

            (_busyWith, _isGivenUp) = (what, false);
            _work = call.Run;
            Monitor.PulseAll(_gate);
            while (!call.IsDone)
            {
                if ((_isGivenUp || !Monitor.Wait(_gate, Left(since, timeout))) && !call.IsDone)
                {
                    _isGivenUp = true;
                    Monitor.PulseAll(_gate);
                    throw new TimeoutException($"{what} has not returned within {timeout.TotalSeconds:0.###} s");
                }
            }
        }

        return call.Result();
    }

    /// <summary>The call that is on its way counts as one that has not returned in its time.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            _isGivenUp = _busyWith is not null;
            Monitor.PulseAll(_gate);
        }
    }

    private static TimeSpan Left(long since, TimeSpan timeout)
    {
        var left = timeout - Stopwatch.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Serve()
    {
        while (true)
        {
            Action work;
            lock (_gate)
            {
                while (_work is null)
                {
                    _ = Monitor.Wait(_gate);
                }

                (work, _work) = (_work, null);
            }

            work();
            lock (_gate)
            {
                _busyWith = null;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private sealed class PendingCall<T>(Func<T> function)
    {
        private T? _result;
        private Exception? _failure;
        private volatile bool _isDone;

        public bool IsDone => _isDone;

        public void Run()
        {
            try
            {
                _result = function();
            }
            catch (Exception failure) when (failure is InstrumentException or ArgumentException or InvalidOperationException or ExternalException)
            {
                _failure = failure;
            }

            _isDone = true;
        }

        public T Result() => _failure is null ? _result! : throw _failure;
    }
}
