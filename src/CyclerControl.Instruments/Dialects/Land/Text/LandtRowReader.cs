using System.Globalization;
using System.Text;

namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>Makes a row of a line, and notices what no export would write: a time that goes back, another channel, a sign that contradicts the step.</summary>
internal sealed class LandtRowReader(LandtHeader header, LandtCells cells, LandRemarks remarks)
{
    private const double MostVoltsOrAmperes = 1000;
    private const double MostSeconds = 1e10;
    private const double MostCounted = 1e6;
    private const long MostIndex = 1_000_000_000;

    /// <summary>The first rows of a step may still show what was before.</summary>
    private const int ToleratedContradictions = 2;

    private const double SmallestAmperes = 1e-6;
    private readonly StringBuilder _faults = new();
    private StepCounter _ampHours;
    private StepCounter _wattHours;
    private LandRow _last;
    private long _record;
    private int _contradictions;

    public int? Channel { get; private set; }

    /// <summary>Of the first row.</summary>
    public DateTime? Begun { get; private set; }

    public bool TryRead(ReadOnlySpan<byte> line, long number, out LandRow row, out string problem)
    {
        row = default;
        _ = _faults.Clear();
        if (Shape(line) is { } shape)
        {
            problem = shape;
            return false;
        }

        var step = Whole(line, LandtColumn.Step, MostIndex);
        var pass = Whole(line, LandtColumn.Cycle, MostIndex);
        var testSeconds = Number(line, LandtColumn.TestSeconds, 0, MostSeconds);
        var stepSeconds = Number(line, LandtColumn.StepSeconds, 0, MostSeconds);
        var volts = Number(line, LandtColumn.Volts, -MostVoltsOrAmperes, MostVoltsOrAmperes);
        var amperes = Number(line, LandtColumn.Amperes, -MostVoltsOrAmperes, MostVoltsOrAmperes);
        CheckChannel(line);
        CheckRecord(line);
        var isTxt = header.Layout.Format == LandFormat.LandtTxt;
        var mode = isTxt ? StateMode(line, ref amperes) : NamedMode(line);
        if (number > 1 && testSeconds < _last.TestSeconds)
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"{header.NameOf(LandtColumn.TestSeconds)} goes back from {_last.TestSeconds} s to {testSeconds} s"));
        }

        CheckSign(mode, amperes);
        var begins = number == 1 || step != _last.Step || pass != _last.Pass || stepSeconds < _last.StepSeconds;
        var explained = Math.Abs(amperes) * stepSeconds / 3600;
        var ampHours = Counted(line, LandtColumn.AmpHours, LandtColumn.ChargeAmpHours, LandtColumn.DischargeAmpHours, ref _ampHours, begins, explained);
        var wattHours = Counted(
            line, LandtColumn.WattHours, LandtColumn.ChargeWattHours, LandtColumn.DischargeWattHours, ref _wattHours, begins, explained * Math.Max(Math.Abs(volts), 1));
        problem = _faults.ToString();
        if (problem.Length > 0)
        {
            return false;
        }

        row = _last = new LandRow(number, (int)step, pass, mode, stepSeconds, testSeconds, volts, amperes, ampHours, wattHours);
        if (number == 1)
        {
            Begin(line);
        }

        return true;
    }

    /// <summary>More cells than columns are what a decimal comma makes, and fewer what half a line has.</summary>
    private string? Shape(ReadOnlySpan<byte> line)
    {
        if (!cells.Split(line, header.Delimiter))
        {
            return $"it has more than {LandtCells.Most} cells";
        }

        if (cells.IsOpen)
        {
            return "a quote in it has no end";
        }

        if (cells.Count < header.Count)
        {
            return $"it has {cells.Count} cells, and the header {header.Count} columns";
        }

        var hasMore = cells.Count > header.Cells;
        var isText = header.LastIsText;
        var isFit = !hasMore || isText || header.Delimiter != ',';
        for (var i = header.Count - (isText ? 1 : 0); isFit && i < cells.Count && cells.Count > header.Count; i++)
        {
            var cell = cells.Of(line, i);
            isFit = isText ? !LandtNumber.TryParse(cell, out _) && !(hasMore && i < header.Count && cell.IsEmpty) : cell.IsEmpty;
        }

        if (!isFit)
        {
            return $"it has {cells.Count} cells, and the header {header.Count} columns; do decimals have a comma? They need a point";
        }

        return null;
    }

    private void CheckChannel(ReadOnlySpan<byte> line)
    {
        if (header.PlaceOf(LandtColumn.Channel) < 0)
        {
            return;
        }

        var channel = (int)Whole(line, LandtColumn.Channel, MostIndex);
        Channel ??= channel;
        if (channel != Channel)
        {
            Fault($"it is of channel {channel}, and the file began with channel {Channel}; export each channel by itself");
        }
    }

    private void CheckRecord(ReadOnlySpan<byte> line)
    {
        if (header.PlaceOf(LandtColumn.Record) < 0)
        {
            return;
        }

        var record = Whole(line, LandtColumn.Record, long.MaxValue);
        if (record <= _record)
        {
            Fault($"{header.NameOf(LandtColumn.Record)} is {record} after {_record}; it must grow");
        }

        _record = record;
    }

    /// <summary>
    /// The older export may write the magnitude of a current and its direction as a letter.
    /// </summary>
    private LandMode StateMode(ReadOnlySpan<byte> line, ref double amperes)
    {
        var state = cells.Of(line, header.PlaceOf(LandtColumn.State));
        switch (state.Length == 1 ? char.ToUpperInvariant((char)state[0]) : ' ')
        {
            case 'D':
                amperes = -Math.Abs(amperes);
                return LandMode.Discharge;
            case 'C':
                return LandMode.Charge;
            case 'R':
                return LandMode.Rest;
            default:
                if (amperes >= SmallestAmperes)
                {
                    Fault(string.Create(
                        CultureInfo.InvariantCulture, $"State '{LandtCells.Shown(state)}' does not say whether {amperes} A charges or discharges; C, D and R are known"));
                }

                return LandMode.Unknown;
        }
    }

    private LandMode NamedMode(ReadOnlySpan<byte> line)
    {
        var place = header.PlaceOf(LandtColumn.State);
        if (place < 0)
        {
            return LandMode.Unknown;
        }

        var name = cells.Of(line, place);
        return Says(name, "dis") || Says(name, "dchg") || Says(name, "dch") ? LandMode.Discharge
            : Says(name, "rest") ? LandMode.Rest
            : Says(name, "charge") || Says(name, "chg") ? LandMode.Charge
            : LandMode.Unknown;
    }

    private static bool Says(ReadOnlySpan<byte> text, string word)
    {
        for (var i = 0; i + word.Length <= text.Length; i++)
        {
            var at = 0;
            while (at < word.Length && char.ToLowerInvariant((char)text[i + at]) == word[at])
            {
                at++;
            }

            if (at == word.Length)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckSign(LandMode mode, double amperes)
    {
        var contradicts = Math.Abs(amperes) >= SmallestAmperes && (mode == LandMode.Charge ? amperes < 0 : mode == LandMode.Discharge && amperes > 0);
        _contradictions = contradicts ? _contradictions + 1 : 0;
        if (_contradictions > ToleratedContradictions)
        {
            Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"the step is a {(mode == LandMode.Charge ? "charge" : "discharge")} and its current {amperes} A, for {_contradictions} rows; we take a positive current for a charge, and this file does not"));
        }
    }

    /// <summary>One column, or one for each direction.</summary>
    private double? Counted(ReadOnlySpan<byte> line, LandtColumn one, LandtColumn charge, LandtColumn discharge, ref StepCounter counter, bool begins, double explained)
    {
        var hasOne = header.PlaceOf(one) >= 0;
        if (!hasOne && (header.PlaceOf(charge) < 0 || header.PlaceOf(discharge) < 0))
        {
            return null;
        }

        var counted = hasOne
            ? Number(line, one, -MostCounted, MostCounted)
            : Math.Abs(Number(line, charge, -MostCounted, MostCounted)) + Math.Abs(Number(line, discharge, -MostCounted, MostCounted));
        var taken = counter.Take(counted, begins, explained);
        if (taken is null)
        {
            remarks.Add($"{(hasOne ? header.NameOf(one) : $"{header.NameOf(charge)} and {header.NameOf(discharge)}")} does not begin anew with each step, and is not used there");
        }

        return taken;
    }

    private void Begin(ReadOnlySpan<byte> line)
    {
        if (header.PlaceOf(LandtColumn.Date) is not (>= 0 and var place))
        {
            return;
        }

        var text = cells.Of(line, place);
        if (text.Length <= 40
            && DateTime.TryParseExact(Encoding.ASCII.GetString(text), header.Layout.Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Begun = date;
        }
        else
        {
            remarks.Add($"{header.NameOf(LandtColumn.Date)} '{LandtCells.Shown(text)}' is not of the form {header.Layout.Dates}; the beginning of the test is taken for unknown");
        }
    }

    private double Number(ReadOnlySpan<byte> line, LandtColumn column, double least, double most)
    {
        var cell = cells.Of(line, header.PlaceOf(column));
        if (LandtNumber.TryParse(cell, out var value) && value >= least && value <= most)
        {
            return value;
        }

        Fault(cell.Contains((byte)',')
            ? $"{header.NameOf(column)} is '{LandtCells.Shown(cell)}', which is no number: decimals need a point"
            : string.Create(CultureInfo.InvariantCulture, $"{header.NameOf(column)} is '{LandtCells.Shown(cell)}'; a number from {least} to {most} is allowed"));
        return 0;
    }

    private long Whole(ReadOnlySpan<byte> line, LandtColumn column, long most)
    {
        var cell = cells.Of(line, header.PlaceOf(column));
        if (LandtNumber.TryParseWhole(cell, out var value) && value <= most)
        {
            return value;
        }

        Fault($"{header.NameOf(column)} is '{LandtCells.Shown(cell)}'; a whole number is allowed, 0 or more");
        return 0;
    }

    private void Fault(string what) => _ = _faults.Append(_faults.Length == 0 ? "" : "; ").Append(what);
}
