using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Links;

/// <content>Readings of channels without a run.</content>
internal sealed partial class LinkLoop
{
    private ReadIdleMessage? _reading;

    /// <summary>Nobody will answer any more: the loop was abandoned in the middle of it. Any thread.</summary>
    public void AbandonIdleReading() =>
        Volatile.Read(ref _reading)?.Answer.TrySetResult(new IdleReading(null, $"the link to {_setting.Link.Address.Name} was abandoned while it was asked"));

    private void ReadIdle(ReadIdleMessage asked)
    {
        if (Obstacle(asked.Channel) is { } obstacle)
        {
            asked.Answer.TrySetResult(new IdleReading(null, obstacle));
            return;
        }

        Volatile.Write(ref _reading, asked);
#pragma warning disable CA1031 // An exchange that broke in any way breaks the link.
        try
        {
            if (asked.BeforeStart && WhyNotReady(asked) is { } why)
            {
                asked.Answer.TrySetResult(new IdleReading(null, why, NotReady: true));
                return;
            }

            var reading = _channels[asked.Channel]!.Read();
            CheckGeneration();
            _heartbeat.Beat();
            asked.Answer.TrySetResult(reading.Quality == ReadingQuality.Valid
                ? new IdleReading(reading, null)
                : new IdleReading(null, $"{_runners[asked.Channel].Id} gives no number while its output is off", CannotRead: true));
        }
        catch (InstrumentErrorException refusal)
        {
            CheckGeneration();
            var id = _runners[asked.Channel].Id;
            var words = _setting.Link.Capabilities.IsWatched ? refusal.Message : $"{id} cannot be read while its output is off: {refusal.Message}";
            asked.Answer.TrySetResult(new IdleReading(null, words, CannotRead: true));
        }
        catch (Exception failure) when (failure is not StaleGenerationException)
        {
            asked.Answer.TrySetResult(new IdleReading(null, $"the link to {_setting.Link.Address.Name} broke: {failure.Message}"));
            LoseLink(failure);
        }
#pragma warning restore CA1031
        finally
        {
            Volatile.Write(ref _reading, null);
        }
    }

    private string? WhyNotReady(ReadIdleMessage asked)
    {
        try
        {
            var why = (_channels[asked.Channel] as IScheduledChannel)?.WhyNotReady(asked.Schedule);
            CheckGeneration();
            _heartbeat.Beat();
            return why;
        }
        catch (InstrumentErrorException refusal)
        {
            CheckGeneration();
            return refusal.Message;
        }
    }

    private string? Obstacle(int channel) => _runners[channel] switch
    {
        _ when _isShuttingDown => $"the link to {_setting.Link.Address.Name} is being shut down",
        _ when _status != LinkStatus.Open => $"the link to {_setting.Link.Address.Name} is not open",
        { Run: { InTail: false } } runner => $"channel {runner.Id} has a run",
        { Output.IsSettled: false } runner => $"the output of {runner.Id} is not confirmed off",
        _ => null,
    };
}
