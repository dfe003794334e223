using System.Collections.Frozen;
using System.Text;

namespace CyclerControl.Simulation.Wire;

/// <summary>What a header means to a one-channel source.</summary>
internal enum SupplyWord
{
    Output,
    Function,
    Current,
    Voltage,

    /// <summary>The limit of the voltage for both signs.</summary>
    Limit,
    LimitHigh,
    LimitLow,

    /// <summary>The ceiling of the current for both signs.</summary>
    Ceiling,

    /// <summary>The ceiling of a discharge; told as a negative number.</summary>
    CeilingNegative,
    Range,
    MeasureVoltage,
    MeasureCurrent,

    /// <summary>Voltage and current in one reply.</summary>
    Measure,

    /// <summary>A question switches the output on while this is on.</summary>
    AutomaticOn,

    /// <summary>A setting that is kept and read back, and has no effect here.</summary>
    Kept,
}

/// <summary>Headers of one make, and how it writes a few answers.</summary>
/// <param name="Maker">First two fields of the identification.</param>
/// <param name="Firmware">Its last field.</param>
/// <param name="Words">Meaning by header path.</param>
/// <param name="FunctionIsNumber">The function is answered as 0 (voltage) or 1 (current).</param>
internal sealed record SupplyVocabulary(string Maker, string Firmware, FrozenDictionary<int, SupplyWord> Words, bool FunctionIsNumber = false)
{
    /// <summary>Of the Keysight B2900 series: public drivers, and its command reference. With OUTP:ON:AUTO, as after a reset, measuring switches on.</summary>
    public static readonly SupplyVocabulary KeysightB2900 = new("Keysight Technologies,B2901B", "4.1.2019.0001", Make(
        ("OUTP", SupplyWord.Output), ("OUTP:STAT", SupplyWord.Output), ("OUTP:OFF:MODE", SupplyWord.Kept), ("OUTP:ON:AUTO", SupplyWord.AutomaticOn),
        ("SENS:REM", SupplyWord.Kept), ("FORM:ELEM:SENS", SupplyWord.Kept), ("SENS:CURR:NPLC", SupplyWord.Kept), ("SENS:VOLT:NPLC", SupplyWord.Kept),
        ("SOUR:FUNC:MODE", SupplyWord.Function), ("SOUR:CURR", SupplyWord.Current), ("SOUR:VOLT", SupplyWord.Voltage),
        ("SOUR:CURR:RANG", SupplyWord.Range), ("SENS:VOLT:PROT", SupplyWord.Limit), ("SENS:CURR:PROT", SupplyWord.Ceiling), ("MEAS", SupplyWord.Measure)));

    /// <summary>Of the Kepco BOP, 1 kW series: its operator manual. In current mode the voltage setting is the limit of either sign.</summary>
    public static readonly SupplyVocabulary KepcoBop = new("KEPCO,BOP 20-50MG", "2.47", Make(
        ("OUTP", SupplyWord.Output), ("OUTP:STAT", SupplyWord.Output), ("OUTP:MODE", SupplyWord.Kept), ("SYST:REM", SupplyWord.Kept),
        ("FUNC:MODE", SupplyWord.Function), ("CURR", SupplyWord.Current), ("VOLT", SupplyWord.Limit),
        ("MEAS:VOLT", SupplyWord.MeasureVoltage), ("MEAS:CURR", SupplyWord.MeasureCurrent)), FunctionIsNumber: true);

    /// <summary>Of the ITECH IT-M3400: public drivers.</summary>
    public static readonly SupplyVocabulary ItechM3400 = new("ITECH Ltd.,IT-M3413", "1.15", Make(
        ("OUTP", SupplyWord.Output), ("SYST:REM", SupplyWord.Kept), ("REM:SENS", SupplyWord.Kept), ("FUNC", SupplyWord.Function),
        ("CURR", SupplyWord.Current), ("VOLT", SupplyWord.Voltage), ("VOLT:LIM", SupplyWord.LimitHigh), ("VOLT:LIM:LOW", SupplyWord.LimitLow),
        ("CURR:LIM:POS", SupplyWord.Ceiling), ("CURR:LIM:NEG", SupplyWord.CeilingNegative),
        ("MEAS:VOLT:DC", SupplyWord.MeasureVoltage), ("MEAS:VOLT", SupplyWord.MeasureVoltage), ("MEAS:CURR", SupplyWord.MeasureCurrent)));

    private static FrozenDictionary<int, SupplyWord> Make(params (string Header, SupplyWord Word)[] words) =>
        words.ToFrozenDictionary(word => Header.Parse(Encoding.ASCII.GetBytes(word.Header)), word => word.Word);
}
