using CyclerControl.Service.Notifications;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Notifications;

/// <summary>Rate limit and retries, on time that leaps over pauses.</summary>
public sealed class NotificationLaneTests
{
    private readonly LeapingTime _time = new();

    [Fact]
    public async Task Rate_MoreThanAMinuteMayHave_ComesInOneSummary()
    {
        var target = new RecordingTarget();

        await WorkAsync(target, 25);

        Assert.Equal(11, target.Sent.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"message {i}"), target.Sent.Take(10).Select(n => n.Text));
        Assert.Equal(("summary", "15 messages"), (target.Sent[10].Kind, target.Sent[10].Place));
        Assert.Contains("message 10", target.Sent[10].Text, StringComparison.Ordinal);
        Assert.EndsWith("and 5 more", target.Sent[10].Text, StringComparison.Ordinal);
        Assert.Equal([TimeSpan.FromMinutes(1)], _time.Pauses);
    }

    [Fact]
    public async Task Queue_Full_CountsWhatItLost()
    {
        var target = new RecordingTarget();

        await WorkAsync(target, NotificationLane.Capacity + 5);

        Assert.Contains("5 messages that found the queue full", target.Sent[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempt_Failing_IsRepeatedWithGrowingPauses()
    {
        var failures = 4;
        var target = new RecordingTarget((_, _) => failures-- > 0 ? throw new DeliveryException("away", isWorthRetrying: true) : Task.CompletedTask);

        await WorkAsync(target, 1);

        Assert.Single(target.Sent);
        Assert.Equal([10, 20, 40, 80], _time.Pauses.Select(p => p.TotalSeconds));
    }

    [Fact]
    public async Task Attempt_FailingForHours_IsGivenUpAndTheNextHasItsChance()
    {
        var target = new RecordingTarget((n, _) => n.Text == "message 0" ? throw new DeliveryException("away", isWorthRetrying: true) : Task.CompletedTask);

        await WorkAsync(target, 2);

        Assert.Equal("message 1", Assert.Single(target.Sent).Text);
        Assert.InRange(_time.Pauses.Sum(p => p.TotalHours), 24, 24.2);
        Assert.Equal(TimeSpan.FromMinutes(10), _time.Pauses.Max());
    }

    [Fact]
    public async Task Attempt_RefusedForGood_IsNotRepeated()
    {
        var attempts = 0;
        var target = new RecordingTarget((_, _) =>
        {
            attempts++;
            throw new DeliveryException("answered 404", isWorthRetrying: false);
        });

        await WorkAsync(target, 1);

        Assert.Equal(1, attempts);
        Assert.Empty(_time.Pauses);
    }

    private async Task WorkAsync(RecordingTarget target, int messages)
    {
        var lane = new NotificationLane(target, perMinute: 10, TimeSpan.FromHours(24), _time, NullLogger.Instance);
        for (var i = 0; i < messages; i++)
        {
            lane.Post(new Notification("alarm", "demo/1", $"message {i}", _time.GetUtcNow()));
        }

        lane.Complete();
        await lane.WorkAsync(CancellationToken.None);
    }
}
