using System.Text.Json;
using CyclerControl.Service.Preflight;

namespace CyclerControl.Service.Tests.Preflight;

public sealed class PreflightReportTests
{
    private static readonly PreflightReport s_report = new(
    [
        PreflightCheck.Pass("a", "is well"),
        PreflightCheck.Warn("b", "is odd"),
        PreflightCheck.Fail("c", "is wrong", overridable: true),
    ]);

    [Theory]
    [InlineData(null, true)]
    [InlineData(" ", true)]
    [InlineData("measured by hand", false)]
    public void Refusal_OverridableFailure_NeedsAReason(string? reason, bool refused) => Assert.Equal(refused, s_report.Refusal(reason) is not null);

    [Fact]
    public void Refusal_OneThatCannotBeOverridden_StaysWithAllReasonsThatCount()
    {
        var report = new PreflightReport(s_report.Checks.Add(PreflightCheck.Fail("d", "is dangerous")));

        Assert.Equal("is wrong (may be overridden with a reason); is dangerous", report.Refusal(null));
        Assert.Equal("is dangerous", report.Refusal("measured by hand"));
    }

    [Fact]
    public void Events_WhatDidNotPass_IsSaidWithTheReason() => Assert.Equal(
        ["warning: b: is odd", "overridden: c: is wrong; reason given: measured by hand"],
        s_report.Events("measured by hand ").Select(e => e.Message));

    [Fact]
    public void Text_LinesAndJson_SayTheSame()
    {
        Assert.Equal(["pass  a                     is well", "warn  b                     is odd", "FAIL  c                     is wrong"], PreflightText.Lines(s_report));
        using var json = JsonDocument.Parse(PreflightText.Json(s_report));
        Assert.False(json.RootElement.GetProperty("starts").GetBoolean());
        Assert.Equal(["pass", "warn", "fail"], json.RootElement.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("status").GetString()));
        Assert.Contains("\"starts\":true", PreflightText.Json(s_report, "measured by hand"), StringComparison.Ordinal);
    }
}
