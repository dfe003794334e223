using CyclerControl.Instruments.Dialects.Neware.StepFiles;

namespace CyclerControl.Instruments.Dialects.Neware.Messages;

/// <summary>What a row says that its step was.</summary>
internal enum BtsStepWord : byte
{
    Unknown,
    ChargeCurrent,
    DischargeCurrent,
    ChargeVoltage,
    DischargeVoltage,
    ChargeBoth,
    DischargeBoth,
    Rest,
}

/// <summary>The words of the wire for it. There are more of them (<c>cp</c>, <c>pulse</c>, <c>sim</c> ...): no step of ours is called so.</summary>
internal static class BtsStepWords
{
    public static BtsStepWord Read(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("cc"u8) => BtsStepWord.ChargeCurrent,
        _ when word.SequenceEqual("dc"u8) => BtsStepWord.DischargeCurrent,
        _ when word.SequenceEqual("cv"u8) => BtsStepWord.ChargeVoltage,
        _ when word.SequenceEqual("dv"u8) => BtsStepWord.DischargeVoltage,
        _ when word.SequenceEqual("cccv"u8) => BtsStepWord.ChargeBoth,
        _ when word.SequenceEqual("cccd"u8) => BtsStepWord.DischargeBoth,
        _ when word.SequenceEqual("rest"u8) => BtsStepWord.Rest,
        _ => BtsStepWord.Unknown,
    };

    /// <summary>False where a row was certainly not made by a step of this type: the box runs something else than we think.</summary>
    /// <remarks>What a row of a sweep is called, nobody has recorded.</remarks>
    public static bool Fits(BtsStepWord word, StepFileType type) => word switch
    {
        BtsStepWord.Unknown => true,
        not BtsStepWord.Rest when type == StepFileType.Sweep => true,
        BtsStepWord.Rest => type == StepFileType.Rest,
        BtsStepWord.ChargeCurrent or BtsStepWord.ChargeVoltage or BtsStepWord.ChargeBoth =>
            type is StepFileType.ChargeCurrent or StepFileType.ChargeVoltage or StepFileType.ChargeBoth,
        _ => type is StepFileType.DischargeCurrent or StepFileType.DischargeVoltage or StepFileType.DischargeBoth,
    };
}
