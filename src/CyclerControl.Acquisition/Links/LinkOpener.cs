using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Mailboxes;
using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <summary>
/// Runs <see cref="IInstrumentLink.OpenWithRetryAsync"/> as a task. A virtual clock stands still meanwhile, so that how long a connection
/// takes is not part of a simulated run; after some failed attempts its time goes on, so that policies can run out.
/// </summary>
internal sealed class LinkOpener(LinkSetting setting, Mailbox<LinkMessage> mailbox, TimeProvider time) : ILinkOpener, IDisposable
{
    private static readonly TimeSpan s_fullMailboxPause = TimeSpan.FromMilliseconds(10);
    private CancellationTokenSource? _cancellation;

    public void BeginOpen(int attempt)
    {
        Cancel();
        _cancellation = new CancellationTokenSource();
        var cancellation = _cancellation.Token;
        var hold = (setting.Clock as VirtualClock)?.HoldTime();
        _ = Task.Run(() => OpenAsync(attempt, hold, cancellation), CancellationToken.None);
    }

    public void Cancel()
    {
        _cancellation?.Cancel();
        _cancellation?.Dispose();
        _cancellation = null;
    }

    public void Dispose() => Cancel();

    private async Task OpenAsync(int attempt, IDisposable? hold, CancellationToken cancellation)
    {
        var failures = 0;
        try
        {
            var instrument = await setting.Link.OpenWithRetryAsync(
                failure =>
                {
                    mailbox.TryPost(new OpenFailedMessage(attempt, failure, IsFinal: false));
                    if (++failures == setting.Options.AttemptsBeforeTimeGoesOn)
                    {
                        hold?.Dispose();
                    }
                },
                cancellation);
            if (cancellation.IsCancellationRequested || !await PostAsync(new OpenedMessage(attempt, instrument), cancellation))
            {
                instrument.Dispose();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody waits for the result any more.
        }
#pragma warning disable CA1031 // The loop must learn of every failure.
        catch (Exception failure)
        {
            var known = failure as InstrumentException ?? new InstrumentUnreachableException(failure.Message, failure);
            await PostAsync(new OpenFailedMessage(attempt, known, IsFinal: true), cancellation);
        }
#pragma warning restore CA1031
        finally
        {
            hold?.Dispose();
        }
    }

    private async Task<bool> PostAsync(LinkMessage message, CancellationToken cancellation)
    {
        while (!mailbox.TryPost(message))
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(s_fullMailboxPause, time, CancellationToken.None);
        }

        return true;
    }
}
