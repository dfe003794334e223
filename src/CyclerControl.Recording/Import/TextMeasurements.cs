using System.Globalization;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Documents;

namespace CyclerControl.Recording.Import;

/// <summary>
/// Time, voltage and current of a text table: BDF, our own export, or anyone's. Streaming; what is wrong goes into a list with its line, and reading goes on.
/// </summary>
public sealed class TextMeasurements : IMeasurementSource
{
    /// <summary>Times are kept as ns in 64 bits.</summary>
    private const double LongestSeconds = 9e9;

    private readonly Stream stream;
    private readonly LineReader lines;
    private readonly ProblemList problems;
    private readonly ColumnChoice choice;
    private byte separator;
    private Column time;
    private Column voltage;
    private Column? current;
    private int lastColumn;
    private byte[]? first;
    private bool found;
    private long before = long.MinValue;
    private double beforeSeconds;
    private int beforeLine;

    private TextMeasurements(Stream stream, ColumnChoice choice, ProblemList problems)
    {
        this.stream = stream;
        this.choice = choice;
        this.problems = problems;
        lines = new LineReader(stream);
    }

    public double FirstSeconds { get; private set; }

    /// <summary>Columns without a unit in the header, with what was taken; for people.</summary>
    public IReadOnlyList<string> Assumptions { get; private set; } = [];

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <param name="problems">Takes everything that is wrong; the rows around it are still read.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static TextMeasurements Open(string path, ColumnChoice choice, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(problems);
        return Read(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1), choice, problems);
    }

    /// <param name="stream">The bytes of the file; closed with this.</param>
    /// <inheritdoc cref="Open"/>
    public static TextMeasurements Read(Stream stream, ColumnChoice choice, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(problems);
        var table = new TextMeasurements(TextEncoding.AsUtf8(stream), choice, problems);
        table.FindHeader();
        return table;
    }

    public bool Read(out Measurement row)
    {
        row = default;
        if (!found)
            return false;
        if (first is not null)
        {
            var line = first;
            first = null;
            if (TryRow(line, ref row))
                return true;
        }

        while (lines.Next(out var line))
        {
            if (TryRow(line, ref row))
                return true;
        }

        if (lines.IsTooLong)
            problems.Add(lines.Line + 1, 1, "file", null, $"this line is longer than {LineReader.LongestLine} bytes", "give a table of text");
        return false;
    }

    public void Dispose() => stream.Dispose();

    private void FindHeader()
    {
        var search = new HeaderSearch();
        ProblemList? nearest = null;
        while (lines.Next(out var line) && lines.Line <= HeaderSearch.MostLines)
        {
            if (line.Contains((byte)0))
            {
                problems.Add(lines.Line, 1, "file", null, "is no text", "give a run file, or a table as text (CSV)");
                return;
            }

            if (search.Take(line, lines.Line) is not { } rows)
                continue;
            var missing = new ProblemList(problems.File);
            if (TryColumns(rows, missing))
            {
                separator = search.Separator;
                first = line.ToArray();
                found = true;
                return;
            }

            nearest ??= missing;
        }

        if (nearest is null)
            problems.Add(1, 1, "file", null, "has no table: a line of column names with numbers below it", "separate columns with comma, semicolon or tab");
        else
            foreach (var problem in nearest.Items)
                problems.Add(problem);
    }

    private bool TryColumns(HeaderRows rows, ProblemList missing)
    {
        var foundTime = rows.Find(ColumnQuantity.Time, choice.Time, missing);
        var foundVoltage = rows.Find(ColumnQuantity.Voltage, choice.Voltage, missing);
        if (choice.CurrentAmperes is null)
            current = rows.Find(ColumnQuantity.Current, choice.Current, missing);
        else if (choice.Current is not null || rows.Has(ColumnQuantity.Current))
            missing.Add(rows.Line, 1, "--current-value", null, "the file has a column of current", "leave --current-value out");
        if (missing.Count > 0)
            return false;
        Assumptions = [.. new[]
            {
                (Found: foundTime, Unit: "s"), (Found: foundVoltage, Unit: "V"), (Found: current, Unit: "A"),
            }
            .Where(c => c.Found is { HasUnit: false }).Select(c => $"column '{rows.NameAt(c.Found!.Value.Index)}' names no unit; taken as {c.Unit}")];
        time = foundTime!.Value;
        voltage = foundVoltage!.Value;
        lastColumn = Math.Max(Math.Max(time.Index, voltage.Index), current?.Index ?? 0);
        return true;
    }

    private bool TryRow(ReadOnlySpan<byte> line, ref Measurement row)
    {
        if (line.IndexOfAnyExcept(" \t;,"u8) < 0 || HeaderSearch.IsComment(line))
            return false;
        var offset = 0;
        var (seconds, volts, amperes) = (double.NaN, double.NaN, choice.CurrentAmperes ?? double.NaN);
        for (var n = 0; n <= lastColumn; n++)
        {
            var start = offset;
            if (!Fields.Next(line, separator, ref offset, out var field))
            {
                if (!lines.IsUnfinished) // the last line of a file that is still being written says nothing yet
                    problems.Add(lines.Line, line.Length + 1, "row", null, $"has {n} columns instead of at least {lastColumn + 1}", "complete or remove the line");
                return false;
            }

            if (n == time.Index)
            {
                if (!NumberField.TryReadTime(field, out seconds, out var clock))
                    return Refuse(start, "time", field);
                seconds *= clock ? 1 : time.Factor;
            }

            if (n == voltage.Index && !Number(field, voltage.Factor, out volts))
                return Refuse(start, "voltage", field);
            if (n == current?.Index && !Number(field, current.Value.Factor, out amperes))
                return Refuse(start, "current", field);
        }

        return TryTime(seconds, out var nanoseconds) && Accept(new Measurement(nanoseconds, volts, amperes), out row);
    }

    private bool Accept(Measurement measurement, out Measurement row)
    {
        row = measurement;
        Rows++;
        return true;
    }

    private bool TryTime(double seconds, out long nanoseconds)
    {
        nanoseconds = 0;
        if (Rows == 0 && before == long.MinValue)
            FirstSeconds = seconds;
        var since = seconds - FirstSeconds;
        if (!(Math.Abs(since) < LongestSeconds))
        {
            problems.Add(lines.Line, 1, "time", double.IsNaN(seconds) ? null : Shown(seconds), "is no time of this test", "remove the line, or choose the right column with --time");
            if (Rows == 0)
                FirstSeconds = 0;
            return false;
        }

        nanoseconds = (long)Math.Round(since * 1e9);
        if (nanoseconds < before)
        {
            problems.Add(
                lines.Line, 1, "time", Shown(seconds) + " s", string.Create(CultureInfo.InvariantCulture, $"is earlier than the {Shown(beforeSeconds)} s of line {beforeLine}"),
                "put the rows in order of time; a time that starts anew in each step needs another column (--time)");
            (before, beforeSeconds, beforeLine) = (nanoseconds, seconds, lines.Line);
            return false;
        }

        (before, beforeSeconds, beforeLine) = (nanoseconds, seconds, lines.Line);
        return true;
    }

    private bool Refuse(int column, string what, ReadOnlySpan<byte> field)
    {
        problems.Add(lines.Line, column + 1, what, Fields.Text(field), "is no number", "correct it, or leave the field empty");
        return false;
    }

    private static bool Number(ReadOnlySpan<byte> field, double factor, out double value)
    {
        if (!NumberField.TryRead(field, out value))
            return false;
        value *= factor;
        return true;
    }

    private static string Shown(double seconds) => seconds.ToString("0.#########", CultureInfo.InvariantCulture);
}
