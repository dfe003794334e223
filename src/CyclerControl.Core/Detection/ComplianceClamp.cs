using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Detection;

/// <summary>Whether the instrument holds the voltage at its compliance instead of delivering the set current.</summary>
internal enum ComplianceClampKind : byte
{
    None,

    /// <summary>At the compliance of a voltage goal: the step is about to end.</summary>
    AtGoal,

    AtUpperLimit,

    AtLowerLimit,
}

/// <summary>Judges one sample for a clamp.</summary>
internal readonly record struct ComplianceClamp(ComplianceClampKind Kind)
{
    /// <summary>Clamps of source-measure units and cyclers settle within 0.05-0.1 % + 1-3 mV of what they were told.</summary>
    private const double ToleranceVolts = 3e-3;
    private const double ToleranceFraction = 1e-3;

    /// <summary>A current within this fraction of the set-point is not clamped, where the protocol states no deviation.</summary>
    private const double DefaultDeviationFraction = 0.02;

    public static readonly ComplianceClamp None = new(ComplianceClampKind.None);
    public static readonly ComplianceClamp AtUpperLimit = new(ComplianceClampKind.AtUpperLimit);
    public static readonly ComplianceClamp AtLowerLimit = new(ComplianceClampKind.AtLowerLimit);

    public static ComplianceClamp Of(in Setpoint setpoint, LimitSet limits, in Sample sample)
    {
        if (setpoint is not { Mode: OutputMode.Current, Amperes: not 0 })
        {
            return None;
        }

        var size = Math.Abs(setpoint.Amperes);
        var delivered = sample.Amperes * Math.Sign(setpoint.Amperes);
        if (size - delivered <= (limits.DeviationFraction ?? DefaultDeviationFraction) * size)
        {
            return None;
        }

        return setpoint.Amperes > 0
            ? Judge(setpoint.MaxVolts, limits.MaxVolts, sample.Volts, +1, AtUpperLimit)
            : Judge(setpoint.MinVolts, limits.MinVolts, sample.Volts, -1, AtLowerLimit);
    }

    private static ComplianceClamp Judge(double? compliance, double? limit, double volts, int direction, ComplianceClamp atLimit)
    {
        if (compliance is not { } clamp)
        {
            return None;
        }

        var tolerance = ToleranceVolts + ToleranceFraction * Math.Abs(clamp);
        if ((clamp - volts) * direction > tolerance)
        {
            return None;
        }

        return limit is { } bound && (bound - clamp) * direction <= tolerance ? atLimit : new ComplianceClamp(ComplianceClampKind.AtGoal);
    }
}
