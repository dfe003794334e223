using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Tests.Runs;

public sealed class ChannelLifecycleDiagramTests
{
    [Fact]
    public void Mermaid_OfTheMachine_DrawsEveryStateAndTheMainWay()
    {
        var lines = ChannelLifecycleDiagram.Mermaid().Split('\n', StringSplitOptions.TrimEntries);

        Assert.Equal("stateDiagram-v2", lines[0]);
        Assert.Contains("[*] --> Offline", lines);
        Assert.Contains("Idle --> Arming: Start", lines);
        Assert.Contains("Arming --> Running: Run", lines);
        Assert.Contains("Running --> Paused: Pause", lines);
        Assert.Contains("Paused --> Running: Resume", lines);
        Assert.Contains("Running --> Finished: Complete", lines);
        Assert.Contains("Stopping --> Idle: ConfirmOff", lines);
        Assert.Contains("Tripped --> Idle: Acknowledge", lines);
        Assert.All(Enum.GetNames<ChannelState>(), state => Assert.Contains(lines, line => line.Contains(state, StringComparison.Ordinal)));
    }

    [Fact]
    public void Mermaid_EveryArrow_IsWhatTheMachineDoes()
    {
        var arrows = ChannelLifecycleDiagram.Mermaid().Split('\n')
            .Select(line => line.Split([" --> ", ": "], StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 3 && Enum.IsDefined(Enum.Parse<ChannelState>(parts[0])))
            .ToList();

        Assert.NotEmpty(arrows);
        Assert.All(arrows, parts =>
        {
            var channel = new ChannelLifecycle(Enum.Parse<ChannelState>(parts[0]));
            Assert.True(channel.Fire(Enum.Parse<ChannelTrigger>(parts[2])));
            Assert.Equal(Enum.Parse<ChannelState>(parts[1]), channel.State);
        });
    }
}
