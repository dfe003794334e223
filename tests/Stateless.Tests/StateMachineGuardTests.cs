namespace Stateless.Tests;

public sealed class StateMachineGuardTests
{
    [Fact]
    public void PermitIf_GuardsExcludeEachOther_TakesTheOneThatHolds()
    {
        var hasKey = false;
        var machine = new StateMachine<Door, Act>(Door.Closed);
        machine.Configure(Door.Closed)
            .PermitIf(Act.Turn, Door.Locked, () => hasKey)
            .PermitIf(Act.Turn, Door.Open, () => !hasKey);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);

        machine.Fire(Act.Turn);
        Assert.Equal(Door.Open, machine.State);

        machine.Fire(Act.Push);
        hasKey = true;
        machine.Fire(Act.Turn);
        Assert.Equal(Door.Locked, machine.State);
    }

    [Fact]
    public void PermitIf_TwoGuardsHold_Throws()
    {
        var machine = new StateMachine<Door, Act>(Door.Closed);
        machine.Configure(Door.Closed).PermitIf(Act.Turn, Door.Locked, () => true).PermitIf(Act.Turn, Door.Open, () => true);

        Assert.Throws<InvalidOperationException>(() => machine.Fire(Act.Turn));
        Assert.Equal(Door.Closed, machine.State);
    }

    [Fact]
    public void CanFire_GuardUnmet_IsFalseAndNamesIt()
    {
        var machine = new StateMachine<Door, Act>(Door.Closed);
        machine.Configure(Door.Closed).PermitIf(Act.Turn, Door.Locked, () => false, "has a key");

        Assert.False(machine.CanFire(Act.Turn, out var unmet));
        Assert.Equal(["has a key"], unmet);
        Assert.Empty(machine.PermittedTriggers);
    }

    [Fact]
    public void Permit_ToItself_IsRefused()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);

        Assert.Throws<ArgumentException>(() => machine.Configure(Door.Open).Permit(Act.Push, Door.Open));
    }

    [Fact]
    public void PermitDynamic_Selector_IsAskedAtEachFire()
    {
        var next = Door.Closed;
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.Configure(Door.Open).PermitDynamic(Act.Push, () => next);
        machine.Configure(Door.Closed).Permit(Act.Pull, Door.Open);

        machine.Fire(Act.Push);
        Assert.Equal(Door.Closed, machine.State);

        machine.Fire(Act.Pull);
        next = Door.Ajar;
        machine.Fire(Act.Push);
        Assert.Equal(Door.Ajar, machine.State);
    }

    [Fact]
    public void PermittedTriggers_EachState_ListsWhatItTakes()
    {
        var machine = new StateMachine<Door, Act>(Door.Closed);
        machine.Configure(Door.Closed).Permit(Act.Pull, Door.Open).Ignore(Act.Knock);
        machine.Configure(Door.Locked).SubstateOf(Door.Closed).Permit(Act.Turn, Door.Closed);

        Assert.Equal([Act.Pull, Act.Knock], machine.PermittedTriggers.Order());

        var locked = new StateMachine<Door, Act>(Door.Locked);
        locked.Configure(Door.Closed).Permit(Act.Pull, Door.Open).Ignore(Act.Knock);
        locked.Configure(Door.Locked).SubstateOf(Door.Closed).Permit(Act.Turn, Door.Closed);
        Assert.Equal([Act.Pull, Act.Turn, Act.Knock], locked.PermittedTriggers.Order());
    }
}
