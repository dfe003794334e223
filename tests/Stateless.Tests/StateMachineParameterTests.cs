namespace Stateless.Tests;

public sealed class StateMachineParameterTests
{
    [Fact]
    public void Fire_WithArgument_ReachesEntryAction()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        var push = machine.SetTriggerParameters<string>(Act.Push);
        var who = "";
        Door? from = null;
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);
        machine.Configure(Door.Closed)
            .OnEntryFrom(push, name => who = name)
            .OnEntryFrom(push, (_, transition) => from = transition.Source);

        machine.Fire(push, "Ada");

        Assert.Equal("Ada", who);
        Assert.Equal(Door.Open, from);
    }

    [Fact]
    public void OnEntryFrom_AnotherTrigger_DoesNotRun()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        var runs = 0;
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed).Permit(Act.Turn, Door.Closed);
        machine.Configure(Door.Closed).OnEntryFrom(Act.Turn, () => runs++);

        machine.Fire(Act.Push);

        Assert.Equal(0, runs);
    }

    [Fact]
    public void Fire_WithoutTheDeclaredArgument_Throws()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.SetTriggerParameters<int>(Act.Push);
        machine.Configure(Door.Open).Permit(Act.Push, Door.Closed);

        Assert.Throws<ArgumentException>(() => machine.Fire(Act.Push));
        Assert.Equal(Door.Open, machine.State);
    }

    [Fact]
    public void SetTriggerParameters_Twice_Throws()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        machine.SetTriggerParameters<int>(Act.Push);

        Assert.Throws<InvalidOperationException>(() => machine.SetTriggerParameters<int>(Act.Push));
    }

    [Theory]
    [InlineData(1, Door.Closed)]
    [InlineData(5, Door.Ajar)]
    public void PermitIf_OnTheArgument_Decides(int force, Door expected)
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        var push = machine.SetTriggerParameters<int>(Act.Push);
        machine.Configure(Door.Open).PermitIf(push, Door.Closed, f => f < 3).PermitIf(push, Door.Ajar, f => f >= 3);

        machine.Fire(push, force);

        Assert.Equal(expected, machine.State);
    }

    [Fact]
    public void PermitDynamic_OnTheArgument_GoesThere()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        var push = machine.SetTriggerParameters<Door>(Act.Push);
        machine.Configure(Door.Open).PermitDynamic(push, door => door);

        machine.Fire(push, Door.Locked);

        Assert.Equal(Door.Locked, machine.State);
    }

    [Fact]
    public void InternalTransition_WithArgument_ReceivesIt()
    {
        var machine = new StateMachine<Door, Act>(Door.Open);
        var knock = machine.SetTriggerParameters<int>(Act.Knock);
        var knocks = 0;
        machine.Configure(Door.Open).InternalTransition(knock, (times, _) => knocks += times);

        machine.Fire(knock, 3);

        Assert.Equal(3, knocks);
    }
}
