namespace CyclerControl.Simulation.Neware;

/// <summary>What a line of a step file does; the numbers are the file's.</summary>
internal enum BtsStepType
{
    ChargeCurrent = 1,
    DischargeCurrent = 2,
    ChargeVoltage = 3,
    Rest = 4,
    Cycle = 5,
    End = 6,
    ChargeCurrentVoltage = 7,
    DischargeVoltage = 19,
    DischargeCurrentVoltage = 20,
    VoltageSweep = 25,
}

/// <summary>Bounds beyond which the box switches off by itself; null where there is none.</summary>
internal sealed record BtsProtection
{
    public static readonly BtsProtection None = new();

    public double? UpperVolts { get; init; }

    public double? LowerVolts { get; init; }

    public double? UpperAmperes { get; init; }

    public double? LowerAmperes { get; init; }

    public double? AmpHours { get; init; }

    /// <summary>How long it must last, s.</summary>
    public double DelaySeconds { get; init; }

    /// <summary>A step's own bounds stand before those of the whole file.</summary>
    public BtsProtection Over(BtsProtection whole) => new()
    {
        UpperVolts = UpperVolts ?? whole.UpperVolts,
        LowerVolts = LowerVolts ?? whole.LowerVolts,
        UpperAmperes = UpperAmperes ?? whole.UpperAmperes,
        LowerAmperes = LowerAmperes ?? whole.LowerAmperes,
        AmpHours = AmpHours ?? whole.AmpHours,
        DelaySeconds = this == None ? whole.DelaySeconds : DelaySeconds,
    };
}

/// <summary>When the box keeps a row: after so much time, or so much change; null where not.</summary>
internal sealed record BtsRecording(double? Seconds, double? Volts, double? Amperes);

/// <summary>One line of a step file, in V, A, s, Ah. A limit that is absent is null.</summary>
internal sealed record BtsStep(int Id, BtsStepType Type)
{
    public double? Amperes { get; init; }

    public double? Volts { get; init; }

    public double? Seconds { get; init; }

    public double? StopVolts { get; init; }

    public double? StopAmperes { get; init; }

    public double? AmpHours { get; init; }

    /// <summary>Where a loop goes back to.</summary>
    public int StartStep { get; init; }

    /// <summary>Passes of a loop in all.</summary>
    public long Cycles { get; init; }

    /// <summary>From, to (V) and slope (V/s) of a sweep.</summary>
    public (double From, double To, double Slope)? Sweep { get; init; }

    public required BtsProtection Protection { get; init; }

    public required BtsRecording Recording { get; init; }

    /// <summary>+1 charges, -1 discharges, 0 neither.</summary>
    public int Direction => Type switch
    {
        BtsStepType.ChargeCurrent or BtsStepType.ChargeVoltage or BtsStepType.ChargeCurrentVoltage => 1,
        BtsStepType.DischargeCurrent or BtsStepType.DischargeVoltage or BtsStepType.DischargeCurrentVoltage => -1,
        _ => 0,
    };

    /// <summary>As data and live views write it.</summary>
    public string Code => Type switch
    {
        BtsStepType.ChargeCurrent => "cc",
        BtsStepType.DischargeCurrent => "dc",
        BtsStepType.ChargeVoltage => "cv",
        BtsStepType.DischargeVoltage => "dv",
        BtsStepType.ChargeCurrentVoltage => "cccv",
        BtsStepType.DischargeCurrentVoltage => "cccd",
        BtsStepType.Rest => "rest",
        BtsStepType.VoltageSweep => "sim",
        BtsStepType.Cycle => "control",
        _ => "end",
    };
}

/// <summary>One row of the box's record.</summary>
internal readonly record struct BtsRow(
    long Sequence, int Step, long Cycle, string Code, double StepSeconds, long AtNanoseconds, double Volts, double Amperes, double AmpHours, double WattHours);
