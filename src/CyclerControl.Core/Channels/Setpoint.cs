namespace CyclerControl.Core.Channels;

/// <summary>What a channel does with its output.</summary>
public enum OutputMode : byte
{
    /// <summary>No current: output off, or 0 A on the lowest range, as the profile's <c>rest</c> says.</summary>
    Rest,

    /// <summary>Constant current.</summary>
    Current,

    /// <summary>Constant voltage.</summary>
    Voltage,
}

/// <summary>Everything a set-point instrument is told in one go; an adapter sends only what differs from the last one.</summary>
/// <param name="Mode">What is controlled.</param>
/// <param name="Amperes">Set current, A, positive charges; 0 unless <see cref="OutputMode.Current"/>.</param>
/// <param name="Volts">Set voltage, V; 0 unless <see cref="OutputMode.Voltage"/>.</param>
/// <param name="MinVolts">Lower compliance voltage, V; null where nothing bounds it.</param>
/// <param name="MaxVolts">Upper compliance voltage, V; null where nothing bounds it.</param>
/// <param name="MaxAmperes">Ceiling of |I| in <see cref="OutputMode.Voltage"/>, A; also the range that must suffice. Null: the channel's own.</param>
public readonly record struct Setpoint(
    OutputMode Mode, double Amperes, double Volts, double? MinVolts, double? MaxVolts, double? MaxAmperes)
{
    /// <summary>No current.</summary>
    public static readonly Setpoint Rest = new(OutputMode.Rest, 0, 0, null, null, null);
}
