using System.Globalization;
using CyclerControl.Core.Channels;

namespace CyclerControl.Core.Detection;

/// <summary>What a breach says to a person.</summary>
internal static class LimitSentences
{
    public static LimitBreach CurrentMax(double bound, in Sample sample, in BreachTimer timer) => Breach(
        "current.max",
        Math.Abs(sample.Amperes),
        bound,
        sample,
        timer,
        string.Create(CultureInfo.InvariantCulture, $"|I| = {Math.Abs(sample.Amperes) * 1e3:G5} mA is above current.max = {bound * 1e3:G5} mA"));

    public static LimitBreach Voltage(string limit, double bound, in Sample sample, in BreachTimer timer, bool atRest, ComplianceClamp clamp)
    {
        var side = string.Equals(limit, "voltage.max", StringComparison.Ordinal) ? "above" : "below";
        var text = clamp.Kind is ComplianceClampKind.AtUpperLimit or ComplianceClampKind.AtLowerLimit
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"V = {sample.Volts:G5} V is held at {limit} = {bound:G5} V by the instrument's compliance, and only {sample.Amperes * 1e3:G5} mA flow")
            : string.Create(CultureInfo.InvariantCulture, $"V = {sample.Volts:G5} V is {side} {limit} = {bound:G5} V");
        return Breach(limit, sample.Volts, bound, sample, timer, atRest ? text + " at rest, reported only" : text, !atRest);
    }

    public static LimitBreach Deviation(double bound, double setAmperes, in Sample sample, in BreachTimer timer)
    {
        var fraction = Math.Abs(sample.Amperes - setAmperes) / Math.Abs(setAmperes);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"I = {sample.Amperes * 1e3:G5} mA is {fraction * 100:G3} % off the set {setAmperes * 1e3:G5} mA, current.deviation = {bound * 100:G3} %");
        return Breach("current.deviation", fraction, bound, sample, timer, text + "; check leads, contact and range");
    }

    private static LimitBreach Breach(
        string limit, double value, double bound, in Sample sample, in BreachTimer timer, string text, bool trips = true)
    {
        var lasting = string.Create(
            CultureInfo.InvariantCulture, $"{text} ({timer.Samples} samples, {sample.TimeSeconds - timer.OnsetSeconds:0.###} s)");
        return new LimitBreach(limit, value, bound, sample.TimeSeconds, timer.OnsetSeconds, lasting, trips);
    }
}
