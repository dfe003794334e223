namespace CyclerControl.Core.Channels;

/// <summary>What an instrument's number is worth.</summary>
public enum ReadingQuality : byte
{
    Valid,

    /// <summary>The instrument answered with its "not a number" (9.91E37 ...): nothing is known.</summary>
    Invalid,
}

/// <summary>One answer of a channel, on the clock's own time scale.</summary>
/// <param name="AtNanoseconds">Clock time at which the question was sent, ns.</param>
/// <param name="Volts">Terminal voltage, V.</param>
/// <param name="Amperes">Measured current, A; positive charges the cell.</param>
/// <param name="Celsius">Temperature of the cell if the instrument measures it, degC.</param>
public readonly record struct Reading(long AtNanoseconds, double Volts, double Amperes, double? Celsius, ReadingQuality Quality);

/// <summary>One timed reading within a run.</summary>
/// <param name="TimeNanoseconds">Test time: ns since the run started.</param>
/// <param name="Volts">Terminal voltage, V.</param>
/// <param name="Amperes">Measured current, A; positive charges the cell.</param>
/// <param name="Celsius">Cell temperature, degC; null where it is not measured.</param>
public readonly record struct Sample(long TimeNanoseconds, double Volts, double Amperes, double? Celsius)
{
    /// <summary>Test time in seconds.</summary>
    public double TimeSeconds => TimeNanoseconds * 1e-9;
}
