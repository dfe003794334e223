using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Tests.Doubles;
using Moq;

namespace CyclerControl.Instruments.Tests.Links;

public sealed class ReopenPolicyTests
{
    [Fact]
    public async Task ReopenPolicy_ComesBackLater_TellsEachFailureAndOpens()
    {
        var time = new ManualTimeProvider();
        var attempts = 0;
        var failures = new List<InstrumentException>();
        var opened = new Mock<IInstrument>().Object;
        var task = new ReopenPolicy(time).RunAsync(
            () => ++attempts < 10 ? throw new InstrumentUnreachableException($"attempt {attempts}") : opened, failures.Add, CancellationToken.None);
        var pauses = await time.DriveAsync(task);
        Assert.Same(opened, await task);
        Assert.Equal(9, failures.Count);
        Assert.Equal("0.5 1 2 4 8 16 30 30 30", string.Join(' ', pauses.Select(pause => pause.TotalSeconds)));
    }

    [Fact]
    public async Task ReopenPolicy_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var task = new ReopenPolicy(new ManualTimeProvider()).RunAsync(
            () => throw new InstrumentUnreachableException("gone"), _ => cancellation.Cancel(), cancellation.Token);
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }
}
