using CyclerControl.Core.Detection;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Rules;

public sealed class AlarmPolicyTests
{
    public static TheoryData<DetectionKind> NoShorts => [.. Enum.GetValues<DetectionKind>().Where(kind => !DetectionWords.IsShort(kind))];

    [Theory]
    [InlineData(0.19, 100, DetectionSeverity.Suspect)]
    [InlineData(0.20, 100, DetectionSeverity.Suspect)]
    [InlineData(0.21, 100, DetectionSeverity.Abort)]
    [InlineData(0.21, 700, DetectionSeverity.Suspect)]
    public void Policy_DropThenASecondSign_AbortsWhenLargeAndSoon(double fraction, double later, DetectionSeverity severity)
    {
        foreach (var rule in new[] { 4, 7, 8 })
        {
            var policy = new AlarmPolicy(new AlarmPolicySettings());
            Assert.Equal(DetectionSeverity.Suspect, policy.Drop(1000, fraction, halved: false));
            Assert.Equal(severity, policy.Judge(rule, DetectionKind.SoftShort, 1000 + later, notable: true, stands: true));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(9)]
    public void Policy_RulesThatAreNotIndependent_DoNotJoin(int rule)
    {
        var policy = new AlarmPolicy(new AlarmPolicySettings());
        policy.Drop(1000, 0.4, halved: false);

        Assert.Equal(DetectionSeverity.Suspect, policy.Judge(rule, DetectionKind.SoftShort, 1010, notable: true, stands: true));
        Assert.Equal(DetectionSeverity.Suspect, policy.Drop(1020, 0.4, halved: false));
    }

    [Fact]
    public void Policy_NoiseThenALargeDrop_Aborts()
    {
        var policy = new AlarmPolicy(new AlarmPolicySettings());

        Assert.Equal(DetectionSeverity.Warn, policy.Judge(4, DetectionKind.Noise, 1000, notable: true, stands: false));
        Assert.Equal(DetectionSeverity.Abort, policy.Drop(1200, 0.3, halved: false));
    }

    [Fact]
    public void Policy_BelowHalfForLongEnough_Aborts() => Assert.Equal(DetectionSeverity.Abort, new AlarmPolicy(new AlarmPolicySettings()).Drop(0, 0.6, halved: true));

    [Theory]
    [MemberData(nameof(NoShorts))]
    public void Policy_WhatIsNoShort_NeverAborts(DetectionKind kind)
    {
        var policy = new AlarmPolicy(new AlarmPolicySettings());
        policy.Drop(1000, 0.9, halved: false);

        foreach (var rule in Enumerable.Range(2, 9))
        {
            Assert.NotEqual(DetectionSeverity.Abort, policy.Judge(rule, kind, 1000, notable: true, stands: true));
        }
    }
}
