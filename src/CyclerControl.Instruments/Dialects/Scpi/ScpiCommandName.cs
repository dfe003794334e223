using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>The commands that a profile can give, and no others.</summary>
public enum ScpiCommandName : byte
{
    ModeCurrent,
    Current,
    ModeVoltage,
    Voltage,
    VoltageLimit,
    VoltageLimitLow,
    CurrentLimit,
    CurrentRange,
    VoltageRange,
    OutputOn,
    OutputOff,
    WatchdogArm,
    WatchdogDisarm,
}

/// <summary>What a profile must know about a command.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Key">As the profile writes it.</param>
/// <param name="Carries">The quantity of its number; null for none.</param>
/// <param name="About">One sentence for editors and the schema.</param>
public sealed record ScpiCommandKind(ScpiCommandName Name, string Key, PlaceholderQuantity? Carries, string About)
{
    /// <summary>All of them, in the order of <see cref="ScpiCommandName"/>.</summary>
    public static readonly ImmutableArray<ScpiCommandKind> All =
    [
        new(ScpiCommandName.ModeCurrent, "mode_current", null, "Makes the channel a current source."),
        new(ScpiCommandName.Current, "current", PlaceholderQuantity.Current, "Sets the current."),
        new(ScpiCommandName.ModeVoltage, "mode_voltage", null, "Makes the channel a voltage source."),
        new(ScpiCommandName.Voltage, "voltage", PlaceholderQuantity.Voltage, "Sets the voltage."),
        new(ScpiCommandName.VoltageLimit, "voltage_limit", PlaceholderQuantity.Voltage, "Upper compliance voltage; of both signs where there is no voltage_limit_low."),
        new(ScpiCommandName.VoltageLimitLow, "voltage_limit_low", PlaceholderQuantity.Voltage, "Lower compliance voltage."),
        new(ScpiCommandName.CurrentLimit, "current_limit", PlaceholderQuantity.Current, "Ceiling of the current's magnitude as a voltage source."),
        new(ScpiCommandName.CurrentRange, "current_range", PlaceholderQuantity.Current, "Chooses the range by its maximum."),
        new(ScpiCommandName.VoltageRange, "voltage_range", PlaceholderQuantity.Voltage, "Chooses the voltage range by its maximum."),
        new(ScpiCommandName.OutputOn, "output_on", null, "Connects the cell."),
        new(ScpiCommandName.OutputOff, "output_off", null, "Disconnects the cell; left out, safe_state does it."),
        new(ScpiCommandName.WatchdogArm, "watchdog_arm", PlaceholderQuantity.Time, "Arms the watchdog for a time without traffic."),
        new(ScpiCommandName.WatchdogDisarm, "watchdog_disarm", null, "Disarms the watchdog."),
    ];
}
