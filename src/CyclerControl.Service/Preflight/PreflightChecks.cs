namespace CyclerControl.Service.Preflight;

/// <summary>All checks, in the order in which people read them.</summary>
internal static class PreflightChecks
{
    public static PreflightReport Judge(PreflightFacts facts) => new(
    [
        InstrumentChecks.Channel(facts),
        InstrumentChecks.Identity(facts),
        .. InstrumentChecks.IsBusy(facts) || facts.NotReady is not null ? [] : (PreflightCheck[])[OpenCircuitCheck.Judge(facts)],
        .. InstrumentChecks.Protocol(facts),
        .. InstrumentChecks.Schedule(facts),
        RangeChecks.Ranges(facts),
        RangeChecks.Accuracy(facts),
        InstrumentChecks.Limits(facts),
        InstrumentChecks.Watchdog(facts),
        InstrumentChecks.AbortLatency(facts),
        DetectionCheck.Judge(facts),
        MachineChecks.DiskSpace(facts),
        MachineChecks.Clock(facts),
    ]);
}
