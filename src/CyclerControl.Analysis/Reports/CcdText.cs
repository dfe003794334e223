using System.Globalization;
using CyclerControl.Analysis.CriticalCurrent;

namespace CyclerControl.Analysis.Reports;

/// <summary>Critical current density and capacity in words.</summary>
public static class CcdText
{
    /// <summary>The short line: <c>CCD: 1.00 mA/cm2</c>.</summary>
    public static string Line(RunReport report) => report.Ccd is not { } ccd ? "CCD: not measured" : "CCD: " + Value(report, ccd.Verdict);

    /// <summary>One of the four forms: <c>= x (short at y, half-cycle n)</c>, <c>>= x (ramp ended)</c>, <c>&lt; first level</c>, <c>not determined, >= x (... at y)</c>.</summary>
    public static string Worded(RunReport report, CcdVerdict verdict)
    {
        if (report.AreaSquareCentimetres is null)
        {
            return "not determined (area not given)";
        }

        var x = Unit(report, verdict.Amperes);
        var y = Unit(report, verdict.AtAmperes);
        var halfCycle = verdict.HalfCycle is { } n ? string.Create(CultureInfo.InvariantCulture, $", half-cycle {n}") : "";
        return verdict.Relation switch
        {
            CcdRelation.Equal => $"= {x} (short at {y}{halfCycle})",
            CcdRelation.AtLeast => $">= {x} (ramp ended)",
            CcdRelation.BelowFirst => $"< {y} (short at the first level{halfCycle})",
            _ => "not determined"
                + (verdict.Amperes is null ? "" : $", >= {x}")
                + $" ({Cause(verdict.Cause)}{(verdict.AtAmperes is null ? " before the first level" : $" at {y}")})",
        };
    }

    /// <summary>What a critical current must never be reported without.</summary>
    public static string Conditions(RunReport report, CcdResult ccd)
    {
        var cell = report.Header.Cell;
        var mode = ccd.Mode switch
        {
            CcdMode.FixedTime => "fixed time",
            CcdMode.FixedCapacity => "fixed capacity",
            _ => "mode not known: no half-cycle ended",
        };
        return string.Join(
            ", ",
            mode,
            $"{Figures.Capacity(report, ccd.HalfCycleAmpHours)} per half-cycle",
            $"half-cycle time {Figures.Duration(ccd.HalfCycleSeconds)}",
            $"step {(ccd.StepAmperes is null ? Figures.Absent : Unit(report, ccd.StepAmperes))}",
            $"area {Figures.Digits(report.AreaSquareCentimetres, 5)} cm2",
            Temperature(report),
            cell.StackPressureMegapascals is { } pressure ? $"stack pressure {Figures.Digits(pressure, 4)} MPa" : "stack pressure not given");
    }

    public static string CriticalCapacity(RunReport report, CriticalCapacityResult result)
    {
        var value = Figures.Capacity(report, result.AmpHours);
        return result.Cause switch
        {
            CcdCause.Short => $"= {value} (short at {Unit(report, result.Amperes)})",
            CcdCause.RampEnded => $">= {value} (no short)",
            _ => $"not determined, >= {value} ({Cause(result.Cause)} at {Unit(report, result.Amperes)})",
        };
    }

    internal static string Temperature(RunReport report) =>
        report.Totals.MeanCelsius is { } measured ? $"{Figures.Fixed(measured, 1)} degC (measured)"
        : report.Header.Cell.TemperatureCelsius is { } given ? $"{Figures.Digits(given, 4)} degC (as given)"
        : "temperature not known";

    private static string Value(RunReport report, CcdVerdict verdict) => report.AreaSquareCentimetres is null
        ? "not determined (area not given)"
        : verdict.Relation switch
        {
            CcdRelation.Equal => Unit(report, verdict.Amperes),
            CcdRelation.AtLeast => ">= " + Unit(report, verdict.Amperes),
            CcdRelation.BelowFirst => "< " + Unit(report, verdict.AtAmperes),
            _ => "not determined" + (verdict.Amperes is null ? "" : ", >= " + Unit(report, verdict.Amperes)),
        };

    private static string Unit(RunReport report, double? amperes) => Figures.DensityUnit(report.Density(amperes));

    private static string Cause(CcdCause cause) => cause switch
    {
        CcdCause.Polarisation => "polarisation",
        CcdCause.User => "user",
        CcdCause.Unfinished => "run unfinished",
        _ => "fault",
    };
}
