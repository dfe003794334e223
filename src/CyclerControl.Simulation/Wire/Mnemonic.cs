namespace CyclerControl.Simulation.Wire;

/// <summary>One node of a header. A path is up to five of them in one number: see <see cref="Header"/>.</summary>
internal static class Mnemonic
{
    public const int Unknown = 0;
    public const int Output = 1;
    public const int Function = 2;
    public const int Current = 3;
    public const int Voltage = 4;
    public const int Limit = 5;
    public const int High = 6;
    public const int Low = 7;
    public const int Range = 8;
    public const int Measure = 9;
    public const int Protection = 10;
    public const int Watchdog = 11;
    public const int Delay = 12;
    public const int Trip = 13;
    public const int Clear = 14;
    public const int System = 15;
    public const int Error = 16;
    public const int Next = 17;
    public const int Count = 18;
    public const int Source = 19;
    public const int Sense = 20;
    public const int OffMode = 21;
    public const int Read = 22;
    public const int Back = 23;
    public const int RemoteSense = 24;
    public const int VoltageLimit = 25;
    public const int CurrentLimit = 26;
    public const int PowerLineCycles = 27;
    public const int State = 28;
    public const int Auto = 29;
    public const int Trace = 30;
    public const int Interval = 31;
    public const int Remove = 32;
    public const int Overflow = 33;
    public const int Points = 34;
    public const int Format = 35;
    public const int Border = 36;
    public const int Data = 37;
    public const int Actual = 38;
    public const int End = 39;
    public const int Identify = 40;
    public const int ClearStatus = 41;
    public const int Reset = 42;
    public const int EventStatus = 43;
    public const int Complete = 44;
    public const int Language = 45;
    public const int Fill = 46;
    public const int Mode = 47;
    public const int Trigger = 48;
    public const int Load = 49;
    public const int Initiate = 50;
    public const int Abort = 51;
    public const int Route = 52;
    public const int Terminals = 53;
    public const int Elements = 54;
    public const int Off = 55;
    public const int On = 56;
    public const int Positive = 57;
    public const int Negative = 58;
    public const int Direct = 59;

    private static readonly (string Short, string Long, int Code)[] s_words =
    [
        ("OUTP", "OUTPUT", Output), ("FUNC", "FUNCTION", Function), ("CURR", "CURRENT", Current), ("VOLT", "VOLTAGE", Voltage),
        ("LIM", "LIMIT", Limit), ("HIGH", "HIGH", High), ("LOW", "LOW", Low), ("RANG", "RANGE", Range), ("MEAS", "MEASURE", Measure),
        ("PROT", "PROTECTION", Protection), ("WDOG", "WDOG", Watchdog), ("DEL", "DELAY", Delay), ("TRIP", "TRIPPED", Trip),
        ("CLE", "CLEAR", Clear), ("SYST", "SYSTEM", System), ("ERR", "ERROR", Error), ("NEXT", "NEXT", Next), ("COUN", "COUNT", Count),
        ("SOUR", "SOURCE", Source), ("SENS", "SENSE", Sense), ("SMOD", "SMODE", OffMode), ("READ", "READ", Read), ("BACK", "BACK", Back),
        ("RSEN", "RSENSE", RemoteSense), ("VLIM", "VLIMIT", VoltageLimit), ("ILIM", "ILIMIT", CurrentLimit),
        ("NPLC", "NPLCYCLES", PowerLineCycles), ("STAT", "STATE", State), ("AUTO", "AUTO", Auto),
        ("TRAC", "TRACE", Trace), ("INT", "INTERVAL", Interval), ("REM", "REMOVE", Remove), ("OVER", "OVERFLOW", Overflow),
        ("POIN", "POINTS", Points), ("FORM", "FORMAT", Format), ("BORD", "BORDER", Border), ("DATA", "DATA", Data), ("ACT", "ACTUAL", Actual),
        ("END", "END", End), ("FILL", "FILL", Fill), ("MODE", "MODE", Mode), ("TRIG", "TRIGGER", Trigger), ("LOAD", "LOAD", Load),
        ("INIT", "INITIATE", Initiate), ("ABOR", "ABORT", Abort), ("ROUT", "ROUTE", Route), ("TERM", "TERMINALS", Terminals), ("ELEM", "ELEMENTS", Elements),
        ("OFF", "OFF", Off), ("ON", "ON", On), ("POS", "POSITIVE", Positive), ("NEG", "NEGATIVE", Negative), ("DC", "DC", Direct),
        ("*IDN", "*IDN", Identify), ("*CLS", "*CLS", ClearStatus), ("*RST", "*RST", Reset), ("*ESR", "*ESR", EventStatus),
        ("*OPC", "*OPC", Complete), ("*LANG", "*LANG", Language),
    ];

    private static readonly Dictionary<(ulong First, ulong Second), int> s_codes = Codes();

    /// <summary>The node's code in either form and any case; <see cref="Unknown"/> otherwise.</summary>
    public static int Find(ReadOnlySpan<byte> node) =>
        node.Length <= 16 && s_codes.TryGetValue(Key(node), out var code) ? code : Unknown;

    private static (ulong First, ulong Second) Key(ReadOnlySpan<byte> node)
    {
        ulong first = 0, second = 0;
        for (var i = 0; i < node.Length; i++)
        {
            var letter = (ulong)(node[i] is >= (byte)'a' and <= (byte)'z' ? node[i] - 32 : node[i]);
            if (i < 8)
            {
                first |= letter << (8 * i);
            }
            else
            {
                second |= letter << (8 * (i - 8));
            }
        }

        return (first, second);
    }

    private static Dictionary<(ulong First, ulong Second), int> Codes()
    {
        var codes = new Dictionary<(ulong First, ulong Second), int>();
        foreach (var (shortForm, longForm, code) in s_words)
        {
            codes[Key(global::System.Text.Encoding.ASCII.GetBytes(shortForm))] = code;
            codes[Key(global::System.Text.Encoding.ASCII.GetBytes(longForm))] = code;
        }

        return codes;
    }
}
