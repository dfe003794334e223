using CyclerControl.Service.Notifications;
using CyclerControl.Service.Tests.Runs;

namespace CyclerControl.Service.Tests.Notifications;

/// <summary>Real programs.</summary>
public sealed class CommandTargetTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly Notification s_message = new("trip", "demo/1", "$(touch x); `id`\nnext", DateTimeOffset.UnixEpoch);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Send_Message_IsOneLineOnItsInputWithoutAShell()
    {
        var file = Path.Combine(_folder.Path, "a b; c");

        await new CommandTarget(["tee", file], s_patience).SendAsync(s_message, default);

        Assert.Equal("trip: demo/1: $(touch x); `id` next", File.ReadAllText(file).TrimEnd());
    }

    [Fact]
    public async Task Send_ProgramThatFails_IsTriedAgain()
    {
        var failure = await Assert.ThrowsAsync<DeliveryException>(() => new CommandTarget(["false"], s_patience).SendAsync(s_message, default));

        Assert.True(failure.IsWorthRetrying);
        Assert.Equal("ended with code 1", failure.Message);
    }

    [Fact]
    public async Task Send_ProgramThatIsNotThere_IsNotTriedAgain()
    {
        var failure = await Assert.ThrowsAsync<DeliveryException>(() => new CommandTarget([Path.Combine(_folder.Path, "none")], s_patience).SendAsync(s_message, default));

        Assert.False(failure.IsWorthRetrying);
    }

    [Fact]
    public async Task Send_ProgramThatHangs_IsEnded()
    {
        var failure = await Assert.ThrowsAsync<DeliveryException>(() => new CommandTarget(["sleep", "1000"], TimeSpan.FromMilliseconds(1)).SendAsync(s_message, default));

        Assert.Contains("was ended", failure.Message, StringComparison.Ordinal);
    }
}
