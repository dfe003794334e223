namespace CyclerControl.Simulation.Wire;

/// <summary>Error numbers of SCPI-99, volume 2, chapter 21.</summary>
internal enum ScpiError
{
    None = 0,
    DataType = -104,
    MissingParameter = -109,
    UndefinedHeader = -113,
    SettingsConflict = -221,
    DataOutOfRange = -222,
    QueueOverflow = -350,
    InputOverrun = -363,

    /// <summary>Of the Keithley 2400.</summary>
    NotPermittedWithOutputOff = 803,
}

internal static class ScpiErrors
{
    public static ReadOnlySpan<byte> Text(ScpiError error) => error switch
    {
        ScpiError.None => "0,\"No error\""u8,
        ScpiError.DataType => "-104,\"Data type error\""u8,
        ScpiError.MissingParameter => "-109,\"Missing parameter\""u8,
        ScpiError.UndefinedHeader => "-113,\"Undefined header\""u8,
        ScpiError.SettingsConflict => "-221,\"Settings conflict\""u8,
        ScpiError.DataOutOfRange => "-222,\"Data out of range\""u8,
        ScpiError.QueueOverflow => "-350,\"Queue overflow\""u8,
        ScpiError.NotPermittedWithOutputOff => "803,\"Not permitted with OUTPUT off\""u8,
        _ => "-363,\"Input buffer overrun\""u8,
    };

    /// <summary>The bit of the standard event status register that this error sets (IEEE 488.2).</summary>
    public static int EventBit(ScpiError error) => (int)error switch
    {
        <= -300 => 1 << 3,
        <= -200 => 1 << 4,
        < 0 => 1 << 5,
        > 0 => 1 << 3,
        _ => 0,
    };
}
