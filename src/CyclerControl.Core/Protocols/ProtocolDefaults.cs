namespace CyclerControl.Core.Protocols;

/// <summary>What holds where a protocol says nothing.</summary>
public static class ProtocolDefaults
{
    /// <summary>s.</summary>
    public const double SampleEverySeconds = 1;

    /// <summary>s.</summary>
    public const double RecordEverySeconds = 10;

    /// <summary>s.</summary>
    public const double VoltageLongerThanSeconds = 0.2;

    /// <summary>s.</summary>
    public const double CurrentLongerThanSeconds = 1;

    /// <summary>The implied <c>within</c> allows this many times the charge that the cell can hold.</summary>
    public const double WithinFactor = 1.5;
}
