using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Recording.Export;

/// <summary>
/// Battery Data Format 1.3.0 as text: preferred labels, positive current charges. Streaming; equal runs give equal bytes (nothing of the
/// export's own time or of the run's id is inside).
/// </summary>
public static class BdfExporter
{
    private const string CellTemperature = "Surface Temperature / degC";

    private static readonly string[] Labels =
    [
        "Test Time / s", "Voltage / V", "Current / A", "Unix Time / s", "Cycle Count / 1", "Step Count / 1",
        "Record Index / 1", "Step ID", "Step Type", "Step Time / s", "Step Record Index / 1", "Power / W",
        .. Totals(""), .. Totals("Cycle "), .. Totals("Step "),
    ];

    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void Write(RunFileReader reader, Stream output)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var table = new TextTable(output);
        var measured = reader.Progress is { CelsiusRows: > 0 };
        foreach (var label in Labels)
            table.Field(label);
        if (measured)
            table.Field(CellTemperature);
        table.EndRow();

        var started = (reader.Header.StartedUtc - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var totals = new RowTotals();
        using var types = new StepTypes(reader.EnumerateSteps());
        foreach (var row in reader.EnumerateSamples())
        {
            totals.Advance(in row);
            table.Seconds(row.TimeNanoseconds);
            table.Field(row.Volts);
            table.Field(row.Amperes);
            table.Seconds(started + row.TimeNanoseconds);
            table.Field(row.Cycle);
            table.Field(row.StepCount);
            table.Field(totals.RecordIndex);
            table.Field(row.StepId);
            table.Field(types.Of(in row));
            table.Seconds(row.StepTimeNanoseconds);
            table.Field(totals.StepRecordIndex);
            table.Field(row.Volts * row.Amperes);
            Write(table, totals.Run);
            Write(table, totals.Cycle);
            Write(table, totals.Step);
            if (measured)
                table.Field(row.Celsius ?? double.NaN);
            table.EndRow();
        }
    }

    private static IEnumerable<string> Totals(string of) =>
    [
        $"{of}Charging Capacity / Ah", $"{of}Discharging Capacity / Ah", $"{of}Cumulative Capacity / Ah", $"{of}Net Capacity / Ah",
        $"{of}Charging Energy / Wh", $"{of}Discharging Energy / Wh", $"{of}Cumulative Energy / Wh", $"{of}Net Energy / Wh",
    ];

    private static void Write(TextTable table, in ChargeTotals totals)
    {
        Write(table, totals.ChargingAmpHours, totals.DischargingAmpHours);
        Write(table, totals.ChargingWattHours, totals.DischargingWattHours);
    }

    private static void Write(TextTable table, double charging, double discharging)
    {
        table.Field(charging);
        table.Field(discharging);
        table.Field(charging + discharging);
        table.Field(charging - discharging);
    }
}
