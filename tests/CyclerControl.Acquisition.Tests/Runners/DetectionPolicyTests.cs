using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class DetectionPolicyTests
{
    private static readonly ShortCircuitPolicy s_policy = new(ShortCircuitAction.Abort, ShortCircuitAction.Report, null);

    [Theory]
    [InlineData(DetectionKind.HardShort, DetectionSeverity.Abort, "Trip")]
    [InlineData(DetectionKind.HardShort, DetectionSeverity.Suspect, "Report")]
    [InlineData(DetectionKind.SoftShort, DetectionSeverity.Abort, "Report")]
    [InlineData(DetectionKind.OhmicFloorShort, DetectionSeverity.Warn, "Report")]
    [InlineData(DetectionKind.ContactLoss, DetectionSeverity.Abort, "Trip")]
    [InlineData(DetectionKind.ContactLoss, DetectionSeverity.Warn, "Report")]
    [InlineData(DetectionKind.Noise, DetectionSeverity.Warn, "Report")]
    [InlineData(DetectionKind.PolarisationRunaway, DetectionSeverity.Warn, "Report")]
    public void Judge_OutsideAShortMeasurement_FollowsThePolicy(DetectionKind kind, DetectionSeverity severity, string verdict) =>
        Assert.Equal(verdict, Judge(kind, severity, Measure.Cycling, s_policy).ToString());

    [Theory]
    [InlineData(DetectionKind.HardShort, "Result")]
    [InlineData(DetectionKind.SoftShort, "Result")]
    [InlineData(DetectionKind.ContactLoss, "Trip")]
    public void Judge_WhereShortsAreMeasured_AShortIsTheResultAndContactLossIsNot(DetectionKind kind, string verdict) =>
        Assert.Equal(verdict, Judge(kind, DetectionSeverity.Abort, Measure.Ccd, new ShortCircuitPolicy(ShortCircuitAction.Abort, ShortCircuitAction.Abort, null)).ToString());

    [Fact]
    public void Judge_Ignored_IsNotEvenReported() =>
        Assert.Equal(DetectionVerdict.Ignore, Judge(DetectionKind.HardShort, DetectionSeverity.Abort, Measure.Ccd, s_policy with { Hard = ShortCircuitAction.Ignore }));

    [Fact]
    public void Judge_StepInAMeasuringBlock_FollowsTheBlock()
    {
        var program = TestPrograms.Of(TestPrograms.Plate(1e-3, 1)) with { Measure = Measure.Cycling };
        var loop = new LoopNode(0, null, null, "steps[0]", 3, null, LoopExhausted.Next, Measure.Ccd);
        var step = (StepNode)program.Nodes[0] with { Index = 1, Parent = 0 };
        var found = Found(DetectionKind.HardShort, DetectionSeverity.Abort);

        Assert.Equal(DetectionVerdict.Result, DetectionPolicy.Judge(found, program with { Nodes = [loop, step] }, new Segment { Step = step }));
    }

    private static DetectionVerdict Judge(DetectionKind kind, DetectionSeverity severity, Measure measure, ShortCircuitPolicy policy)
    {
        var program = TestPrograms.Of(TestPrograms.Plate(1e-3, 1)) with { Measure = measure, ShortCircuit = policy };
        return DetectionPolicy.Judge(Found(kind, severity), program, new Segment { Step = (StepNode)program.Nodes[0] });
    }

    private static DetectionEvent Found(DetectionKind kind, DetectionSeverity severity) =>
        new(1, kind, severity, 1, 1, 0, 0, null, 0, 0, null, "found");
}
