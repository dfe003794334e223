namespace Stateless.Tests;

public sealed class StateMachineFiringTests
{
    private readonly List<string> log = [];

    [Fact]
    public void Fire_PermittedTrigger_ChangesState()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);

        machine.Fire(Act.Push);

        Assert.Equal(Door.Closed, machine.State);
    }

    [Fact]
    public void Fire_WithExternalState_ReadsAndWritesIt()
    {
        var state = Door.Open;
        var machine = new StateMachine<Door, Act>(() => state, value => state = value);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);
        machine.Configure(Door.Locked).Permit(Act.Turn, Door.Closed);

        machine.Fire(Act.Push);
        Assert.Equal(Door.Closed, state);

        state = Door.Locked;
        machine.Fire(Act.Turn);
        Assert.Equal(Door.Closed, machine.State);
    }

    [Fact]
    public void Fire_UnknownTrigger_ThrowsAndKeepsState()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);

        var error = Assert.Throws<InvalidOperationException>(() => machine.Fire(Act.Turn));

        Assert.Contains(nameof(Act.Turn), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Door.Open), error.Message, StringComparison.Ordinal);
        Assert.Equal(Door.Open, machine.State);
    }

    [Fact]
    public void Fire_UnknownTriggerWithHandler_CallsItInstead()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.OnUnhandledTrigger((state, trigger) => log.Add($"{state} {trigger}"));

        machine.Fire(Act.Turn);

        Assert.Equal(["Open Turn"], log);
    }

    [Fact]
    public void Fire_GuardUnmetWithHandler_NamesTheGuard()
    {
        var machine = new StateMachine<Door, Act>(Door.Closed);
        machine.Configure(Door.Closed).PermitIf(Act.Turn, Door.Locked, () => false, "has a key");
        machine.OnUnhandledTrigger((_, _, unmet) => log.AddRange(unmet));

        machine.Fire(Act.Turn);

        Assert.Equal(["has a key"], log);
    }

    [Fact]
    public void Fire_InsideAnEntryAction_IsQueuedUntilTheTransitionEnded()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);
        machine.Configure(Door.Closed)
            .Permit(Act.Turn, Door.Locked)
            .OnEntry(() =>
            {
                machine.Fire(Act.Turn);
                log.Add($"still {machine.State}");
            })
            .OnEntry(() => log.Add("second action"))
            .OnExit(() => log.Add("left"));

        machine.Fire(Act.Push);

        Assert.Equal(["still Closed", "second action", "left"], log);
        Assert.Equal(Door.Locked, machine.State);
    }

    [Fact]
    public void Fire_EntryActionThrows_LeavesTheNewStateAndPendingTriggers()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);
        machine.Configure(Door.Closed)
            .Permit(Act.Turn, Door.Locked)
            .Permit(Act.Pull, Door.Open)
            .OnEntryFrom(Act.Push, () =>
            {
                machine.Fire(Act.Turn);
                throw new NotSupportedException("jammed");
            });
        machine.Configure(Door.Locked).Permit(Act.Pull, Door.Open);

        Assert.Throws<NotSupportedException>(() => machine.Fire(Act.Push));
        Assert.Equal(Door.Closed, machine.State);

        machine.OnTransitioned(t => log.Add($"{t.Trigger}"));
        machine.Fire(Act.Pull);
        Assert.Equal(["Turn", "Pull"], log);
    }

    [Fact]
    public void Fire_IgnoredTrigger_DoesNothing()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).Ignore(Act.Knock).OnExit(() => log.Add("left")).OnEntry(() => log.Add("entered"));
        machine.OnTransitioned(_ => log.Add("transitioned"));

        machine.Fire(Act.Knock);

        Assert.Empty(log);
        Assert.True(machine.CanFire(Act.Knock));
    }

    [Fact]
    public void Fire_Reentry_LeavesAndEnters()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).PermitReentry(Act.Knock).OnExit(() => log.Add("left")).OnEntry(t => log.Add($"entered {t.IsReentry}"));

        machine.Fire(Act.Knock);

        Assert.Equal(["left", "entered True"], log);
    }

    [Fact]
    public void Fire_InternalTransition_RunsOnlyItsAction()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open)
            .InternalTransition(Act.Knock, () => log.Add("knocked"))
            .OnExit(() => log.Add("left"))
            .OnEntry(() => log.Add("entered"));
        machine.OnTransitioned(_ => log.Add("transitioned"));

        machine.Fire(Act.Knock);

        Assert.Equal(["knocked"], log);
        Assert.Equal(Door.Open, machine.State);
    }

    [Fact]
    public void Fire_Transition_RunsExitThenListenersThenEntry()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed).OnExit(t => log.Add($"exit to {t.Destination} in {machine.State}"));
        machine.Configure(Door.Closed).OnEntry(t => log.Add($"entry from {t.Source} in {machine.State}"));
        machine.OnTransitioned(t => log.Add($"transitioned by {t.Trigger} in {machine.State}"));
        machine.OnTransitionCompleted(_ => log.Add("completed"));

        machine.Fire(Act.Push);

        Assert.Equal(["exit to Closed in Open", "transitioned by Push in Closed", "entry from Open in Closed", "completed"], log);
    }
}
