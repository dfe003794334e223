using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using static CyclerControl.Service.Preflight.PreflightCheck;

namespace CyclerControl.Service.Preflight;

/// <summary>What is asked of the instrument: who it is, what state it is in, and what it does by itself for the cell.</summary>
internal static class InstrumentChecks
{
    /// <summary>A run has the channel: nothing of it is touched, its voltage neither.</summary>
    public static bool IsBusy(PreflightFacts facts) =>
        facts.State is ChannelState.Arming or ChannelState.Running or ChannelState.Paused or ChannelState.Stopping or ChannelState.Recovering;

    public static PreflightCheck Channel(PreflightFacts facts) => facts.State switch
    {
        ChannelState.Tripped or ChannelState.Faulted => Fail("channel", $"channel {facts.Channel} is {facts.State}: look at the cell, then acknowledge it first"),
        _ when IsBusy(facts) => Fail("channel", $"channel {facts.Channel} is busy ({facts.State}): end its run first"),
        _ when facts.NotReady is { } why => Fail("channel", why),
        _ when facts.Capabilities.IsWatched => Warn(
            "channel", $"{facts.Channel} is free. {Safeguards.WatchedOnly}: what happens is recorded and told; somebody must be able to stop it at the instrument's own software"),
        _ when facts.Capabilities.Schedule is not null => Pass("channel", $"{facts.Channel} has no run of this program, and nothing is known that stands against a start"),
        _ => Pass("channel", $"{facts.Channel} is free, its output off"),
    };

    /// <summary>Only a warning: units are exchanged in a lab, but nobody should find out from the data.</summary>
    public static PreflightCheck Identity(PreflightFacts facts) => facts switch
    {
        { IsSimulated: true } => Pass("identity", $"{facts.Identity} answers, a simulated instrument"),
        { Identity.SerialNumber: null } => Warn("identity", $"{facts.Identity} answers, which has no serial number: another unit of its type could not be told from it"),
        { Earlier: { } earlier } when earlier.InstrumentIdentity != facts.Identity.ToString() => Warn(
            "identity", $"{facts.Identity} answers; at run {earlier.RunId} it was {earlier.InstrumentIdentity}: make sure that it is the unit that holds this cell"),
        { Earlier: { } earlier } => Pass("identity", $"{facts.Identity} answers, as at run {earlier.RunId}"),
        _ => Pass("identity", $"{facts.Identity} answers; no earlier run on it in this data folder"),
    };

    public static PreflightCheck Limits(PreflightFacts facts)
    {
        var low = PlannedLevels.LowestLimitVolts(facts.Program);
        var high = PlannedLevels.Steps(facts.Program).Max(s => s.Limits.MaxVolts);
        return facts.Capabilities.IsWatched && (low ?? high) is not null
            ? Warn("limits", $"{Bound(low, "no lower limit")} to {Bound(high, "no upper limit")}; told when breached, and not written to the instrument: what protects the cell is what was set there")
            : low is null && high is null
            ? Warn("limits", "the protocol has no voltage limits: only the channel's own window bounds the cell; add limits: { voltage: { min, max } }")
            : facts.Schedule is not null
            ? Pass("limits", $"{Bound(low, "no lower limit")} to {Bound(high, "no upper limit")}; they stand in what is loaded into the instrument, as far as the schedule does not say otherwise")
            : Pass("limits", $"{Bound(low, "no lower limit")} to {Bound(high, "no upper limit")}; written, read back and compared at the start, before the output goes on: what differs refuses the start");
    }

    public static PreflightCheck Watchdog(PreflightFacts facts) => facts switch
    {
        { Capabilities.IsWatched: true } => Pass("watchdog", "none of ours: the instrument does not depend on this computer"),
        { Capabilities.WatchdogTimeout: not null } => Pass("watchdog", Safeguards.Watchdog(facts.Capabilities) + ", armed and read back at the start"),
        { IsSimulated: true } => Pass("watchdog", "none; the simulated instrument ends with this program"),
        _ => Warn("watchdog", $"{facts.Channel}: {Safeguards.Watchdog(facts.Capabilities)}; {Safeguards.Stop(facts.Capabilities)}"),
    };

    public static PreflightCheck AbortLatency(PreflightFacts facts) =>
        Pass("abort_latency", Safeguards.Sentence(facts.Capabilities, facts.Program.SampleEverySeconds));

    public static IEnumerable<PreflightCheck> Protocol(PreflightFacts facts)
    {
        PreflightCheck[] found =
        [
            .. facts.CompilerWarnings.Select(w => Warn("protocol", w)),
            .. (facts.Schedule?.Refusals ?? []).Select(r => Fail("protocol", $"{facts.Channel} cannot run this protocol by itself: {r}")),
        ];
        return found.Length > 0 ? found : [Pass("protocol", $"{facts.Program.ProtocolName}: the channel can do all of it")];
    }

    /// <summary>What an instrument that runs the protocol by itself does otherwise, or leaves to this program.</summary>
    public static IEnumerable<PreflightCheck> Schedule(PreflightFacts facts) =>
        (facts.Schedule?.Schedule?.Remarks ?? []).Select(remark => Pass("schedule", remark));

    private static string Bound(double? volts, string none) => volts is { } v ? PlannedLevels.PrintVolts(v) : none;
}
