using System.Globalization;

namespace CyclerControl.Core.Detection;

/// <summary>Why a hard short can or cannot be seen at present.</summary>
public enum ArmingReason : byte
{
    /// <summary>It can.</summary>
    Watching,

    /// <summary>No current is programmed.</summary>
    NoCurrent,

    /// <summary>The voltage is imposed.</summary>
    ConstantVoltage,

    /// <summary>The first moments after a programmed change.</summary>
    Settling,

    /// <summary>Li || collector: V has not yet had the sign of I for long enough.</summary>
    CollectorNotReady,

    /// <summary>The expected |V| is less than five times the floor.</summary>
    BelowFloor,

    /// <summary>The voltage is imposed, and changes with time.</summary>
    VoltageSweep,
}

/// <summary>Whether the detector can see a hard short at present.</summary>
/// <param name="Armed">False: blind, for the reason given.</param>
/// <param name="ExpectedVolts">|V| that the model expects, V; null before there is a model.</param>
/// <param name="FloorVolts">|V| below which nothing can be told, V.</param>
/// <param name="Reason">Why.</param>
public readonly record struct ArmingState(bool Armed, double? ExpectedVolts, double FloorVolts, ArmingReason Reason = ArmingReason.Watching)
{
    /// <summary>One line for channel, preview and report.</summary>
    public string Explanation => Reason switch
    {
        ArmingReason.Watching => Text($"short detection armed: expected {ExpectedVolts * 1e3:G3} mV, floor {FloorVolts * 1e3:G2} mV"),
        ArmingReason.NoCurrent => "short detection idle: no current",
        ArmingReason.ConstantVoltage => "short detection blind: constant voltage",
        ArmingReason.VoltageSweep => "short detection blind: the voltage is swept",
        ArmingReason.Settling => "short detection waits: the voltage settles after a programmed change",
        ArmingReason.CollectorNotReady => "short detection blind: the collector has not taken the sign of the current for 30 s yet",
        _ => Text($"short detection blind: expected {ExpectedVolts * 1e3:G3} mV, floor {FloorVolts * 1e3:G2} mV"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
