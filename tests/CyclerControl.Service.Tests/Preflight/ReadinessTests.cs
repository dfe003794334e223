using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Tests.Runs;

namespace CyclerControl.Service.Tests.Preflight;

/// <summary>What an instrument that runs by itself would refuse at the start is refused by the preflight, before anything is recorded.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly TemporaryFolder _share = new();
    private readonly TemporaryFolder _data = new();

    public void Dispose()
    {
        _data.Dispose();
        _share.Dispose();
    }

    [Fact]
    public async Task Start_OnANewareChannelThatRunsAForeignTest_IsRefusedAndTheTestGoesOn()
    {
        using var station = SimulatedStation.OfNeware("dpf-lpsc", _share.Path);
        var order = Order(station);
        using (var other = station.LinksOfAnotherProcess().Instruments[0].Link.Open())
        {
            _ = other.Initialize(null);
            _ = ((IScheduledChannel)other.Channels[0]).Start(station.Links.Instruments[0].Link.Compiler!.Compile(order.Program).Schedule!, "foreign");
        }

        var (session, conclusion) = await ShippedRun.ConcludeAsync(station, _data, order);

        Assert.Contains("bench/1: the BTS program says that it is 'working'", conclusion.Refusal, StringComparison.Ordinal);
        AssertOnlyTheChannelFails(session);
        Assert.StartsWith("foreign", Path.GetFileName(Assert.Single(Directory.GetFiles(_share.Path))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnNewareWithoutItsShare_IsRefusedByThePreflight()
    {
        using var station = SimulatedStation.OfNeware("dpf-lpsc", Path.Combine(_share.Path, "not-mounted"));

        var (session, conclusion) = await ShippedRun.ConcludeAsync(station, _data, Order(station));

        Assert.Contains("is not there; mount it", conclusion.Refusal, StringComparison.Ordinal);
        AssertOnlyTheChannelFails(session);
    }

    [Fact]
    public async Task Start_OnNewareThatIsReady_RunsAndNothingButTheStepFileIsLeftInTheShare()
    {
        using var station = SimulatedStation.OfNeware("dpf-lpsc", _share.Path);

        var (session, conclusion) = await ShippedRun.ConcludeAsync(station, _data, Order(station));

        Assert.Equal(RunOutcome.Completed, conclusion.Ending?.Outcome);
        Assert.Contains(session.Preflight.Checks, c => c.Name == "open_circuit_voltage");
        Assert.EndsWith(".xml", Assert.Single(Directory.GetFiles(_share.Path)), StringComparison.Ordinal);
    }

    private static RunOrder Order(SimulatedStation station) => ShippedRun.Order(station, "short-cycles.yaml", NewareFaultTests.Protocol, NewareFaultTests.Cell, []);

    private static void AssertOnlyTheChannelFails(RunSession session)
    {
        Assert.Equal("channel", Assert.Single(session.Preflight.Failures).Name);
        Assert.DoesNotContain(session.Preflight.Checks, c => c.Name == "open_circuit_voltage");
        Assert.Null(session.Folder);
    }
}
