using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>Record, sample and limits as sentences.</summary>
internal static class SettingsText
{
    public static string Record(RecordSettings record)
    {
        var parts = new List<string>();
        if (record.Every is { } every)
        {
            parts.Add($"every {AmountText.Of(every.Quantity)}");
        }

        if (record.OnVoltageChange is { } volts)
        {
            parts.Add($"when the voltage moved {volts}");
        }

        if (record.OnCurrentChange is { } amperes)
        {
            parts.Add($"when the current moved {amperes}");
        }

        if (record is { AfterChangeEvery: { } dense, AfterChangeFor: { } span })
        {
            parts.Add($"every {AmountText.Of(dense.Quantity)} in the first {AmountText.Of(span.Quantity)} after each change");
        }

        parts.Add("at every step boundary");
        return parts.Count == 1 ? $"only {parts[0]}" : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
    }

    /// <summary>Null where nothing is bounded.</summary>
    public static string? Limits(LimitSettings? limits, AmountText amounts)
    {
        var voltage = new List<string>();
        if (limits?.MinVoltage is { } min)
        {
            voltage.Add($"V below {min}");
        }

        if (limits?.MaxVoltage is { } max)
        {
            voltage.Add($"V above {max}");
        }

        var current = new List<string>();
        if (limits?.MaxCurrent is { } most)
        {
            current.Add($"|I| above {amounts.Of(most)}");
        }

        if (limits?.Deviation is { } deviation)
        {
            current.Add($"I more than {deviation} off its set-point");
        }

        var parts = new List<string>();
        Add(parts, voltage, limits?.VoltageLongerThan?.BaseValue ?? ProtocolDefaults.VoltageLongerThanSeconds);
        Add(parts, current, limits?.CurrentLongerThan?.BaseValue ?? ProtocolDefaults.CurrentLongerThanSeconds);
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static void Add(List<string> parts, List<string> bounds, double longerThanSeconds)
    {
        if (bounds.Count > 0)
        {
            parts.Add($"{string.Join(" or ", bounds)} for longer than {CompoundDuration.Print(longerThanSeconds)}");
        }
    }
}
