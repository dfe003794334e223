namespace Stateless.Tests;

public sealed class StateMachineHierarchyTests
{
    private readonly List<string> log = [];

    /// <summary>Ajar lies within Open, Locked within Closed; every state logs its entries and exits.</summary>
    private StateMachine<Door, Act> House(Door initial)
    {
        var machine = new StateMachine<Door, Act>(initial);
        foreach (var door in Enum.GetValues<Door>())
        {
            machine.Configure(door).OnEntry(() => log.Add($"+{door}")).OnExit(() => log.Add($"-{door}"));
        }

        machine.Configure(Door.Ajar).SubstateOf(Door.Open);
        machine.Configure(Door.Locked).SubstateOf(Door.Closed);
        return machine;
    }

    [Fact]
    public void SubstateOf_InheritsTransitions_OfItsSuperstate()
    {
        var machine = House(Door.Ajar);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);

        machine.Fire(Act.Push);

        Assert.Equal(Door.Closed, machine.State);
        Assert.Equal(["-Ajar", "-Open", "+Closed"], log);
    }

    [Fact]
    public void Fire_FromSubstateToSubstate_ExitsInnerToOuterAndEntersOuterToInner()
    {
        var machine = House(Door.Ajar);
        machine.Configure(Door.Ajar).Permit(Act.Turn, Door.Locked);

        machine.Fire(Act.Turn);

        Assert.Equal(["-Ajar", "-Open", "+Closed", "+Locked"], log);
    }

    [Fact]
    public void Fire_IntoASubstateOfTheCurrentState_DoesNotExitTheSuperstate()
    {
        var machine = House(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Ajar);

        machine.Fire(Act.Push);

        Assert.Equal(["+Ajar"], log);
        Assert.True(machine.IsInState(Door.Open));
        Assert.False(machine.IsInState(Door.Closed));
    }

    [Fact]
    public void Fire_FromASubstateToItsSuperstate_OnlyExitsTheSubstate()
    {
        var machine = House(Door.Locked);
        machine.Configure(Door.Locked).Permit(Act.Turn, Door.Closed);

        machine.Fire(Act.Turn);

        Assert.Equal(["-Locked"], log);
        Assert.Equal(Door.Closed, machine.State);
    }

    [Fact]
    public void Fire_SubstatesOwnTransition_WinsOverTheSuperstates()
    {
        var machine = House(Door.Locked);
        machine.Configure(Door.Closed).Permit(Act.Pull, Door.Open);
        machine.Configure(Door.Locked).Ignore(Act.Pull);

        machine.Fire(Act.Pull);

        Assert.Equal(Door.Locked, machine.State);
    }

    [Fact]
    public void SubstateOf_Itself_IsRefused()
    {
        var machine = House(Door.Open);

        Assert.Throws<ArgumentException>(() => machine.Configure(Door.Open).SubstateOf(Door.Open));
        Assert.Throws<ArgumentException>(() => machine.Configure(Door.Open).SubstateOf(Door.Ajar));
    }

    [Fact]
    public void GetInfo_ConfiguredMachine_ListsStatesAndTransitions()
    {
        var machine = House(Door.Open);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed).Ignore(Act.Knock);
        machine.Configure(Door.Closed).Permit(Act.Pull, Door.Open).PermitIf(Act.Turn, Door.Locked, () => false);

        var info = machine.GetInfo();

        Assert.Equal(Door.Open, info.InitialState.UnderlyingState);
        Assert.Equal(Enum.GetValues<Door>().Cast<object>(), info.States.Select(state => state.UnderlyingState).Order());
        var closed = info.States.Single(state => state.UnderlyingState.Equals(Door.Closed));
        Assert.Equal(
            ["Pull Open", "Turn Locked"],
            closed.FixedTransitions.Select(t => $"{t.Trigger.UnderlyingTrigger} {t.DestinationState.UnderlyingState}").Order());
        Assert.Equal(Door.Locked, Assert.Single(closed.Substates).UnderlyingState);
        Assert.Equal(Door.Closed, Assert.Single(closed.Substates).Superstate?.UnderlyingState);
        var open = info.States.Single(state => state.UnderlyingState.Equals(Door.Open));
        Assert.Single(open.FixedTransitions);
    }
}
