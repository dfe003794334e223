using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Schema;

namespace CyclerControl.Recording.Export;

/// <summary>The recorded rows as they are, for a spreadsheet. Columns are described in docs/run-file.md; positive current charges.</summary>
public static class CsvExporter
{
    private static readonly string[] Columns =
    [
        "test_time_s", "voltage_v", "current_a", "temperature_degc", "step_time_s", "step_count", "step_id", "cycle", "half_cycle",
        "charging_ah", "discharging_ah", "charging_wh", "discharging_wh", "step_charging_ah", "step_discharging_ah", "reason",
    ];

    private static readonly string[] Reasons = Enum.GetValues<RowReason>().Select(FileWord.Of).ToArray();

    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void Write(RunFileReader reader, Stream output)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var table = new TextTable(output);
        foreach (var column in Columns)
            table.Field(column);
        table.EndRow();
        foreach (var row in reader.EnumerateSamples())
        {
            table.Seconds(row.TimeNanoseconds);
            table.Field(row.Volts);
            table.Field(row.Amperes);
            table.Field(row.Celsius ?? double.NaN);
            table.Seconds(row.StepTimeNanoseconds);
            table.Field(row.StepCount);
            table.Field(row.StepId);
            table.Field(row.Cycle);
            table.Field(row.HalfCycle);
            table.Field(row.ChargingAmpHours);
            table.Field(row.DischargingAmpHours);
            table.Field(row.ChargingWattHours);
            table.Field(row.DischargingWattHours);
            table.Field(row.StepChargingAmpHours);
            table.Field(row.StepDischargingAmpHours);
            table.Field(Reasons[(int)row.Reason]);
            table.EndRow();
        }
    }
}
