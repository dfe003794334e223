using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>Whether the channel can do what the protocol asks for.</summary>
internal sealed class ChannelChecks(ChannelCapabilities channel, CompileFindings findings)
{
    /// <summary>Staircases are commonly taken for linear up to some millivolts a step; beyond this it is said.</summary>
    private const double CoarseStaircaseVolts = 0.010;

    /// <param name="amperes">|I| on this cell; 0 where it could not be resolved.</param>
    public void Current(ScalarNode node, double amperes)
    {
        if (amperes > channel.MaxAmperes * (1 + 1e-9))
        {
            findings.Problem(
                node,
                $"is {Print(amperes)} on this cell, beyond the channel's largest range, {Print(channel.MaxAmperes)}",
                "use a smaller current, a smaller cell or another channel");
        }
        else if (amperes > 0 && !channel.CurrentRanges.IsEmpty && amperes < channel.CurrentRanges[0].ResolutionAmperes)
        {
            findings.Problem(
                node,
                $"is {Print(amperes)} on this cell, less than the channel can programme, {Print(channel.CurrentRanges[0].ResolutionAmperes)}",
                "use a larger current or another channel");
        }
    }

    public void Voltage(ScalarNode node, double volts)
    {
        if (volts < channel.MinVolts - 1e-9 || volts > channel.MaxVolts + 1e-9)
        {
            findings.Problem(
                node,
                $"is outside the channel's window, {QuantityPrinter.Print(channel.MinVolts, Dimension.Voltage)} to {QuantityPrinter.Print(channel.MaxVolts, Dimension.Voltage)}",
                "stay inside it, or use another channel");
        }
    }

    public void Hold(DocumentNode node)
    {
        if (!channel.HoldsVoltage)
        {
            findings.Problem(
                node as ScalarNode ?? new ScalarNode(node.Line, node.Column, node.Path, "hold", false),
                "needs constant voltage, which the channel cannot do",
                "use current steps only, or another channel");
        }
    }

    /// <summary>
    /// A set-point instrument is told the voltage of a sweep at each reading. Readings that it takes by itself are of no use for that: they are fetched in blocks.
    /// </summary>
    /// <param name="step">The sweep.</param>
    /// <param name="everySeconds">How often the protocol wants to look, s.</param>
    /// <returns>How often the channel looks in a sweep, s.</returns>
    public double Sweep(SweepStep step, double everySeconds)
    {
        if (channel.Schedule is not null)
        {
            return everySeconds; // It sweeps by itself.
        }

        var fastest = channel.FastestSampling.TotalSeconds;
        var period = Math.Max(everySeconds, fastest);
        var rate = step.Rate;
        var tread = rate.BaseValue * Math.Min(period, step.Path.Seconds ?? period); // a sweep may be shorter than a period
        if (tread > CoarseStaircaseVolts * (1 + 1e-9))
        {
            findings.Warning(
                rate.Node,
                $"moves the voltage in steps of {QuantityPrinter.Print(tread, Dimension.Voltage)}: it is set once in {QuantityPrinter.Print(period, Dimension.Time)}",
                fastest * rate.BaseValue <= CoarseStaircaseVolts
                    ? $"write sample: {{ every: {QuantityPrinter.Print(Math.Max(fastest, CoarseStaircaseVolts / rate.BaseValue), Dimension.Time)} }}, or a slower rate"
                    : "write a slower rate");
        }

        return period;
    }

    /// <summary>Nothing is judged in a sweep but the limits: a ceiling at or below that of the current keeps a surge from ever reaching it.</summary>
    /// <param name="ceiling">Of the sweep, A.</param>
    /// <param name="maxAmperes">Limit of the current, A; null: none.</param>
    public void Surge(ScalarNode node, double ceiling, double? maxAmperes)
    {
        if (channel.Schedule is null && ceiling > 0 && (maxAmperes is not { } max || max >= ceiling))
        {
            findings.Warning(
                node,
                $"keeps a surge from being noticed: {(maxAmperes is { } limit ? $"limits.current.max is {Print(limit)} on this cell, not below it" : "there is no limits.current.max")}, and a short in a sweep is nothing else",
                "write limits: { current: { max: ... } } with a current below at_most");
        }
    }

    private static string Print(double amperes) => QuantityPrinter.Print(amperes, Dimension.Current);
}
