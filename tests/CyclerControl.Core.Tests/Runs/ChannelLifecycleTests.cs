using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class ChannelLifecycleTests
{
    [Fact]
    public void Fire_ThroughAPlannedRun_GivesTheEffectsInOrder()
    {
        var channel = new ChannelLifecycle();

        Assert.Equal([ChannelEffect.Announce], Effects(channel, ChannelTrigger.Connect));
        Assert.Equal([ChannelEffect.Announce, ChannelEffect.Prepare], Effects(channel, ChannelTrigger.Start));
        Assert.Equal([ChannelEffect.BeginRun, ChannelEffect.Announce], Effects(channel, ChannelTrigger.Run));
        Assert.Equal(
            [ChannelEffect.OutputOff, ChannelEffect.CloseRecording, ChannelEffect.Release, ChannelEffect.Announce],
            Effects(channel, ChannelTrigger.Complete));
        Assert.Equal(ChannelState.Finished, channel.State);
        Assert.False(channel.IsLatched);
        Assert.Equal([ChannelEffect.Announce, ChannelEffect.Prepare], Effects(channel, ChannelTrigger.Start));
    }

    [Fact]
    public void Fire_PauseResumeStop_SwitchesOffAndContinues()
    {
        var channel = new ChannelLifecycle(ChannelState.Running);

        Assert.Equal([ChannelEffect.OutputOff, ChannelEffect.CommitRecording, ChannelEffect.Announce], Effects(channel, ChannelTrigger.Pause));
        Assert.Equal([ChannelEffect.ContinueRun, ChannelEffect.Announce], Effects(channel, ChannelTrigger.Resume));
        Assert.Equal([ChannelEffect.OutputOff, ChannelEffect.Announce], Effects(channel, ChannelTrigger.Stop));
        Assert.Equal([ChannelEffect.CloseRecording, ChannelEffect.Release, ChannelEffect.Announce], Effects(channel, ChannelTrigger.ConfirmOff));
        Assert.Equal(ChannelState.Idle, channel.State);
    }

    [Fact]
    public void Fire_RefusedStart_NeverReachesTheRunAndClosesItsFile()
    {
        var channel = new ChannelLifecycle(ChannelState.Arming);

        var effects = Effects(channel, ChannelTrigger.Refuse);

        Assert.Equal([ChannelEffect.OutputOff, ChannelEffect.CloseRecording, ChannelEffect.Release, ChannelEffect.Announce], effects);
        Assert.Equal(ChannelState.Idle, channel.State);
    }

    [Theory]
    [MemberData(nameof(AllStates))]
    public void Fire_TripFromAnywhere_SwitchesOffFirstAndLatches(ChannelState from)
    {
        var channel = new ChannelLifecycle(from);
        var heldRun = channel.HoldsRun;

        Assert.True(channel.Fire(ChannelTrigger.Trip));

        Assert.True(channel.IsLatched);
        Assert.Equal(from == ChannelState.Faulted ? ChannelState.Faulted : ChannelState.Tripped, channel.State);
        var effects = channel.TakeEffects();
        if (from is not (ChannelState.Tripped or ChannelState.Faulted))
        {
            Assert.Equal(ChannelEffect.OutputOff, effects[0]);
            Assert.Equal(heldRun, effects.Contains(ChannelEffect.CloseRecording));
            Assert.Equal(ChannelEffect.Alarm, effects[^1]);
        }
    }

    [Theory]
    [MemberData(nameof(AllStates))]
    public void Fire_FaultFromAnywhere_Latches(ChannelState from)
    {
        var channel = new ChannelLifecycle(from);

        Assert.True(channel.Fire(ChannelTrigger.Fault));

        Assert.Equal(ChannelState.Faulted, channel.State);
    }

    [Theory]
    [InlineData(ChannelState.Tripped, ChannelState.Idle)]
    [InlineData(ChannelState.Faulted, ChannelState.Offline)]
    public void Fire_Latched_OnlyAcknowledgementLeadsToRest(ChannelState latched, ChannelState rest)
    {
        foreach (var trigger in Enum.GetValues<ChannelTrigger>().Except([ChannelTrigger.Acknowledge, ChannelTrigger.Fault]))
        {
            var channel = new ChannelLifecycle(latched);
            channel.Fire(trigger);
            Assert.Equal(latched, channel.State);
        }

        var acknowledged = new ChannelLifecycle(latched);
        Assert.True(acknowledged.Fire(ChannelTrigger.Acknowledge));
        Assert.Equal(rest, acknowledged.State);
    }

    [Theory]
    [InlineData(ChannelState.Running, ChannelState.Recovering)]
    [InlineData(ChannelState.Paused, ChannelState.Paused)]
    [InlineData(ChannelState.Stopping, ChannelState.Stopping)]
    [InlineData(ChannelState.Recovering, ChannelState.Recovering)]
    [InlineData(ChannelState.Arming, ChannelState.Faulted)]
    [InlineData(ChannelState.Idle, ChannelState.Offline)]
    [InlineData(ChannelState.Finished, ChannelState.Offline)]
    [InlineData(ChannelState.Tripped, ChannelState.Tripped)]
    public void Fire_LoseLink_KeepsTheRunAndTheLatch(ChannelState from, ChannelState expected)
    {
        var channel = new ChannelLifecycle(from);

        var effects = Effects(channel, ChannelTrigger.LoseLink);

        Assert.Equal(expected, channel.State);
        Assert.True(expected == ChannelState.Faulted || effects.Contains(ChannelEffect.Reconnect));
    }

    [Theory]
    [InlineData(ChannelState.Paused)]
    [InlineData(ChannelState.Stopping)]
    [InlineData(ChannelState.Recovering)]
    [InlineData(ChannelState.Tripped)]
    [InlineData(ChannelState.Faulted)]
    public void Fire_LinkBackInAStateOfOutputOff_SwitchesOffAgain(ChannelState state)
    {
        var channel = new ChannelLifecycle(state);

        Assert.Equal([ChannelEffect.OutputOff], Effects(channel, ChannelTrigger.Connect));
        Assert.Equal(state, channel.State);
    }

    [Theory]
    [InlineData(ChannelTrigger.Resume, ChannelState.Running)]
    [InlineData(ChannelTrigger.Pause, ChannelState.Paused)]
    [InlineData(ChannelTrigger.Stop, ChannelState.Stopping)]
    public void Fire_AfterARestart_GoesOnByPolicy(ChannelTrigger policy, ChannelState expected)
    {
        var channel = new ChannelLifecycle();

        Assert.Equal([ChannelEffect.Reconnect, ChannelEffect.Announce], Effects(channel, ChannelTrigger.Recover));
        Assert.Equal([ChannelEffect.OutputOff], Effects(channel, ChannelTrigger.Connect));
        Assert.Equal(ChannelState.Recovering, channel.State);
        Assert.True(channel.Fire(policy));
        Assert.Equal(expected, channel.State);
    }

    [Fact]
    public void Fire_NotPermitted_IsFalseAndChangesNothing()
    {
        var channel = new ChannelLifecycle(ChannelState.Running);

        Assert.False(channel.CanFire(ChannelTrigger.Start));
        Assert.False(channel.Fire(ChannelTrigger.Start));
        Assert.Equal(ChannelState.Running, channel.State);
        Assert.Empty(channel.TakeEffects());
        Assert.Null(channel.Failure);
    }

    [Theory]
    [MemberData(nameof(AllStates))]
    public void PermittedTriggers_EachState_AreExactlyThoseThatFire(ChannelState state)
    {
        var permitted = new ChannelLifecycle(state).PermittedTriggers;

        Assert.Equal(Enum.GetValues<ChannelTrigger>().Where(trigger => new ChannelLifecycle(state).Fire(trigger)), permitted);
    }

    [Fact]
    public void Fire_MachineThrows_FaultsAndDiscardsIt()
    {
        var channel = new ChannelLifecycle(
            ChannelState.Running,
            machine => machine.Configure(ChannelState.Paused).OnEntry(() =>
            {
                machine.Fire(ChannelTrigger.Resume);
                throw new NotSupportedException("broken");
            }));

        Assert.True(channel.Fire(ChannelTrigger.Pause));

        Assert.Equal(ChannelState.Faulted, channel.State);
        Assert.IsType<NotSupportedException>(channel.Failure);
        Assert.Equal([ChannelEffect.OutputOff, ChannelEffect.CloseRecording, ChannelEffect.Announce, ChannelEffect.Alarm], channel.TakeEffects());

        // The queued Resume went with the old machine.
        Assert.True(channel.Fire(ChannelTrigger.Acknowledge));
        Assert.Equal(ChannelState.Offline, channel.State);
    }

    [Fact]
    public void Fire_FromAnotherThread_IsRefusedUntilAdopted()
    {
        var channel = new ChannelLifecycle();
        channel.Fire(ChannelTrigger.Connect);
        Exception? refused = null;
        var adopted = false;
        var other = new Thread(() =>
        {
            refused = Record.Exception(() => channel.Fire(ChannelTrigger.Start));
            channel.Adopt();
            adopted = channel.Fire(ChannelTrigger.Start);
        });

        other.Start();
        other.Join();

        Assert.IsType<InvalidOperationException>(refused);
        Assert.True(adopted);
        Assert.Throws<InvalidOperationException>(() => channel.Fire(ChannelTrigger.Run));
        Assert.Equal(ChannelState.Arming, channel.State);
    }

    [Fact]
    public void Fire_AnySequence_SwitchesOffBeforeItClosesARecording()
    {
        var random = new Random(20261121);
        var triggers = Enum.GetValues<ChannelTrigger>();
        var channel = new ChannelLifecycle();
        var runOpen = false;
        for (var i = 0; i < 20_000; i++)
        {
            var before = channel.State;
            var accepted = channel.Fire(triggers[random.Next(triggers.Length)]);
            var effects = channel.TakeEffects().ToList();

            Assert.True(accepted || channel.State == before);
            var close = effects.IndexOf(ChannelEffect.CloseRecording);
            Assert.True(close < 0 || before == ChannelState.Stopping || effects.IndexOf(ChannelEffect.OutputOff) is >= 0 and var off && off < close);
            Assert.Equal(runOpen && !channel.HoldsRun, close >= 0);
            runOpen = channel.HoldsRun;
        }
    }

    public static TheoryData<ChannelState> AllStates() => [.. Enum.GetValues<ChannelState>()];

    private static IReadOnlyList<ChannelEffect> Effects(ChannelLifecycle channel, ChannelTrigger trigger)
    {
        Assert.True(channel.Fire(trigger));
        return channel.TakeEffects();
    }
}
