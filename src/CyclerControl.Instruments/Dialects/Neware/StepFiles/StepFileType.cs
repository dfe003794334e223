namespace CyclerControl.Instruments.Dialects.Neware.StepFiles;

/// <summary>Kinds of step in a step file, as the program numbers them.</summary>
internal enum StepFileType
{
    ChargeCurrent = 1,
    DischargeCurrent = 2,
    ChargeVoltage = 3,
    Rest = 4,
    Loop = 5,
    End = 6,

    /// <summary>Constant current, then constant voltage.</summary>
    ChargeBoth = 7,

    DischargeVoltage = 19,
    DischargeBoth = 20,

    /// <summary>Linear voltage sweep.</summary>
    Sweep = 25,
}
