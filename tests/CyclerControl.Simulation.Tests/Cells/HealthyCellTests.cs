using CyclerControl.Core.Detection;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Testing;

namespace CyclerControl.Simulation.Tests.Cells;

/// <summary>A detector that cries wolf stops experiments: 1,000 h of healthy cells must pass it.</summary>
public sealed class HealthyCellTests
{
    private const double OneSecond = 1;

    [Theory]
    [InlineData("li-lpsc-li", "0.785cm2")]
    [InlineData("lacss", "0.785cm2")]
    [InlineData("tbaf-lpsc", "0.785cm2")]
    [InlineData("tfaa-lpsc", "0.785cm2")]
    [InlineData("dpf-lpsc", "0.785cm2")]
    [InlineData("air-llzto", "1.13cm2")]
    [InlineData("tfoh-llzto", "1.13cm2")]
    public void SymmetricCell_ThousandHoursOfOneHourHalfCycles_RaisesNoAbort(string cell, string area)
    {
        var run = new HealthyRun(cell, seed: 1, PlatingStripping(area)).ToItsEnd(OneSecond);
        Assert.Equal(RunOutcome.Completed, run.Ending!.Outcome);
        Assert.True(run.Samples >= 1000 * 3600);
        Assert.DoesNotContain(run.Detections, found => found.Severity == DetectionSeverity.Abort);
        Assert.DoesNotContain(run.Breaches, breach => breach.Trips);
        Assert.True(run.Armed > 0.95 * run.Samples);
    }

    private static RunProgram PlatingStripping(string area)
    {
        var file = Checkout.Protocol("plating-stripping-1h");
        var definition = ProtocolReader.Read(file, File.ReadAllText(file)).Definition!;
        var cell = CellSpecReader.FromText($"area={area}", new ProblemList(CellSpecReader.CommandLine));
        return RunProgramCompiler.Compile(definition, cell, new Dictionary<string, string>(StringComparer.Ordinal)).Program!;
    }
}
