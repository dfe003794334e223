using CyclerControl.Core.Documents;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols.Rules;

/// <summary>Voltage goals, holds and the ends of sweeps lie at least 50 mV inside the limits, else the limit would trip first.</summary>
internal sealed class VoltageWindowRule : IProtocolRule
{
    private const decimal MarginVolts = 0.050m;

    public void Check(ProtocolDefinition definition, ProblemList problems)
    {
        CheckWindow(definition.Settings.Limits, problems);
        foreach (var (step, _, _, settings) in ProtocolWalk.All(definition))
        {
            if (step.Settings.Limits is not null)
            {
                CheckWindow(settings.Limits, problems);
            }

            switch (step)
            {
                case CurrentStep current:
                    foreach (var goal in current.Ends.Goals.Where(g => g.Kind == GoalKind.Voltage))
                    {
                        Check(goal.At, settings.Limits, current.Direction > 0, current.Direction < 0, problems);
                    }

                    break;
                case HoldStep hold:
                    Check(hold.Voltage, settings.Limits, true, true, problems);
                    break;
                case SweepStep sweep:
                    foreach (var end in sweep.Ends)
                    {
                        Check(end, settings.Limits, true, true, problems);
                    }

                    break;
            }
        }
    }

    private static void CheckWindow(LimitSettings? limits, ProblemList problems)
    {
        if (limits is { MinVoltage: { } min, MaxVoltage: { } max } && min.Quantity.BaseNumber >= max.Quantity.BaseNumber)
        {
            problems.Add(min.Node, $"is not below max, {max}", "exchange min and max, or widen the window");
        }
    }

    private static void Check(Amount voltage, LimitSettings? limits, bool above, bool below, ProblemList problems)
    {
        var volts = voltage.Quantity.BaseNumber;
        if (above && limits?.MaxVoltage is { } max && volts > max.Quantity.BaseNumber - MarginVolts)
        {
            problems.Add(
                voltage.Node,
                $"is not 50 mV below limits.voltage.max, {max}: the limit would trip first",
                $"lower it, or write max: {Quantities.Quantity.OfBase(volts + MarginVolts, Quantities.Dimension.Voltage)} or more");
        }

        if (below && limits?.MinVoltage is { } min && volts < min.Quantity.BaseNumber + MarginVolts)
        {
            problems.Add(
                voltage.Node,
                $"is not 50 mV above limits.voltage.min, {min}: the limit would trip first",
                $"raise it, or write min: {Quantities.Quantity.OfBase(volts - MarginVolts, Quantities.Dimension.Voltage)} or less");
        }
    }
}
