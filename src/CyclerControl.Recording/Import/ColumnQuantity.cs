namespace CyclerControl.Recording.Import;

/// <summary>A quantity that a column may hold: its names, and its units as factors to the inside unit.</summary>
internal sealed record ColumnQuantity(
    string Word, string Option, string UnitText, string Example, IReadOnlyList<string> ExactNames, Func<string, bool> IsName, IReadOnlyDictionary<string, double> Units)
{
    public static readonly ColumnQuantity Time = new(
        "time", "--time", "s", "time_s",
        ["time_s", "Test Time / s", "test_time_s", "test_time_second"],
        name => name is "t" or "elapsed" or "runtime" || name.Contains("time", StringComparison.Ordinal) || name.StartsWith("elapsed", StringComparison.Ordinal),
        Table(("s", 1), ("sec", 1), ("secs", 1), ("second", 1), ("seconds", 1), ("ms", 1e-3), ("millisecond", 1e-3), ("milliseconds", 1e-3), ("us", 1e-6),
            ("min", 60), ("mins", 60), ("minute", 60), ("minutes", 60), ("h", 3600), ("hr", 3600), ("hrs", 3600), ("hour", 3600), ("hours", 3600),
            ("h:m:s", 1), ("hh:mm:ss", 1), ("h:min:s", 1), ("h:min:s.ms", 1), ("hh:mm:ss.ms", 1), ("hh:mm:ss.000", 1), ("hh:mm:ss.fff", 1)));

    public static readonly ColumnQuantity Voltage = new(
        "voltage", "--voltage", "V", "voltage_V",
        ["voltage_V", "Voltage / V", "voltage_v", "voltage_volt"],
        name => name is "v" or "u" or "e" or "ewe" or "vol" or "volt" or "volts" or "ecell" or "vcell" or "ucell"
            || name.Contains("voltage", StringComparison.Ordinal) || name.Contains("potential", StringComparison.Ordinal),
        Table(("v", 1), ("volt", 1), ("volts", 1), ("mv", 1e-3), ("millivolt", 1e-3), ("millivolts", 1e-3), ("uv", 1e-6), ("microvolt", 1e-6)));

    public static readonly ColumnQuantity Current = new(
        "current", "--current", "A", "current_A",
        ["current_A", "Current / A", "current_a", "current_ampere"],
        name => name is "i" or "cur" or "amp" or "amps" or "ampere" or "amperes" || name.Contains("current", StringComparison.Ordinal),
        Table(("a", 1), ("amp", 1), ("amps", 1), ("ampere", 1), ("amperes", 1), ("ma", 1e-3), ("milliamp", 1e-3), ("milliampere", 1e-3),
            ("ua", 1e-6), ("microamp", 1e-6), ("microampere", 1e-6), ("na", 1e-9)));

    private static Dictionary<string, double> Table(params (string Unit, double Factor)[] units) =>
        units.ToDictionary(u => u.Unit, u => u.Factor, StringComparer.OrdinalIgnoreCase);
}
