using CyclerControl.Recording.Reading;

namespace CyclerControl.Recording.Export;

/// <summary>
/// The full-rate samples around the detections of a run. As CSV one column more, the burst's number; as Battery Data Format the three
/// columns that every table of it has, so one burst a file. Positive current charges.
/// </summary>
public static class BurstExporter
{
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void WriteCsv(RunFileReader reader, IReadOnlyList<BurstSummary> bursts, Stream output) =>
        Write(reader, bursts, output, ["time_s", "voltage_V", "current_A", "temperature_degC", "burst"]);

    /// <inheritdoc cref="WriteCsv"/>
    public static void WriteBdf(RunFileReader reader, BurstSummary burst, Stream output) =>
        Write(reader, [burst], output, ["Test Time / s", "Voltage / V", "Current / A"]);

    private static void Write(RunFileReader reader, IReadOnlyList<BurstSummary> bursts, Stream output, string[] columns)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(bursts);
        using var table = new TextTable(output);
        foreach (var column in columns)
            table.Field(column);
        table.EndRow();
        foreach (var burst in bursts)
        {
            foreach (var sample in reader.EnumerateBurst(burst.Burst))
            {
                table.Seconds(sample.TimeNanoseconds);
                table.Field(sample.Volts);
                table.Field(sample.Amperes);
                if (columns.Length > 3)
                {
                    table.Field(sample.Celsius ?? double.NaN);
                    table.Field(burst.Burst);
                }

                table.EndRow();
            }
        }
    }
}
