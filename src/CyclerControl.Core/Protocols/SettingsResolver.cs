using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>Limits and record rules in force for a step, in V, A and s.</summary>
internal sealed class SettingsResolver(AmountResolver resolver, CompileFindings findings, ChannelCapabilities? channel)
{
    private readonly ChannelChecks? _checks = channel is null ? null : new ChannelChecks(channel, findings);

    public LimitSet Limits(LimitSettings? limits)
    {
        foreach (var bound in new[] { limits?.MinVoltage, limits?.MaxVoltage })
        {
            if (bound is not null)
            {
                _checks?.Voltage(bound.Node, bound.BaseValue);
            }
        }

        return new LimitSet(
            limits?.MinVoltage?.BaseValue,
            limits?.MaxVoltage?.BaseValue,
            limits?.VoltageLongerThan?.BaseValue ?? ProtocolDefaults.VoltageLongerThanSeconds,
            resolver.ResolveOrNull(limits?.MaxCurrent),
            limits?.Deviation?.BaseValue,
            limits?.CurrentLongerThan?.BaseValue ?? ProtocolDefaults.CurrentLongerThanSeconds);
    }

    public RecordRule Record(RecordSettings? record) => record is null
        ? new RecordRule(ProtocolDefaults.RecordEverySeconds, null, null, null, null)
        : new RecordRule(
            record.Every?.BaseValue,
            record.OnVoltageChange?.BaseValue,
            resolver.ResolveOrNull(record.OnCurrentChange),
            record.AfterChangeEvery?.BaseValue,
            record.AfterChangeFor?.BaseValue);
}
