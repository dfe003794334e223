using CyclerControl.Core.Channels;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>What a channel has confirmed so far on this connection; null where nothing is known.</summary>
internal struct KnownOutput
{
    public OutputMode? Mode;
    public double? Amperes;
    public double? Volts;
    public double? HighLimitVolts;
    public double? LowLimitVolts;
    public double? CeilingAmperes;
    public double? RangeAmperes;
    public double? VoltageRangeVolts;
    public bool? IsOn;
}
