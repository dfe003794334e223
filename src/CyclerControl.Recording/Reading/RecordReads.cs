using System.Globalization;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Reading;

/// <summary>Rows of the file back to records; the columns are those of <see cref="RunSchema"/>, in its order.</summary>
internal static class RecordReads
{
    public const string DetectionColumns =
        "d.rule, d.kind, d.severity, d.time_s, d.onset_s, d.volts, d.amperes, d.expected_volts, d.statistic, d.threshold, d.short_ohm, d.explanation";

    public static RunHeader Header(SqliteConnection connection)
    {
        var cell = new CellSpec();
        connection.List("SELECT name, value FROM cell", r => cell = CellTable.With(cell, r.GetString(0), r.GetValue(1)));
        var parameters = connection.List("SELECT name, value FROM parameters ORDER BY name", r => (Name: r.GetString(0), Text: r.GetString(1)))
            .ToDictionary(p => p.Name, p => p.Text, StringComparer.Ordinal);
        var settings = connection.List("SELECT name, value FROM detection_settings ORDER BY name", r => (Name: r.GetString(0), Value: r.GetDouble(1)))
            .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        return connection.List("SELECT * FROM run", r => Header(r, cell, parameters)).Single() with { DetectionSettings = settings };
    }

    public static StepRecord Step(SqliteDataReader r) => new(
        r.GetInt32(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.TextOrNull(4), r.RealOrNull(5), r.RealOrNull(6), r.IntegerOrNull(7),
        r.GetInt32(8), r.GetInt32(9), r.IntegerOrNull(10), r.IntegerOrNull(11), r.GetInt64(12), r.GetInt64(13), r.GetDouble(14),
        r.GetDouble(15), r.GetDouble(16), r.GetDouble(17), r.RealOrNull(18), r.RealOrNull(19), FileWord.Parse<StepEnd>(r.GetString(20)),
        r.GetBoolean(21), r.LongOrNull(22));

    public static CycleRecord Cycle(SqliteDataReader r) => new(
        r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetDouble(3), r.GetDouble(4), r.GetDouble(5), r.GetDouble(6), r.GetBoolean(7));

    public static StoredProgress Progress(SqliteDataReader r) => new(
        r.GetInt64(1), r.GetInt64(2), r.GetInt32(3), r.GetInt32(4), r.GetInt64(5), r.GetInt32(6), r.GetInt32(7), r.Real(8), r.Real(9),
        r.Real(10), r.Real(11), r.Real(12), r.Real(13), r.GetInt64(14));

    /// <param name="first">Column of <c>d.rule</c>.</param>
    public static DetectionEvent? Detection(SqliteDataReader r, int first) => r.IsDBNull(first) ? null : new DetectionEvent(
        r.GetInt32(first),
        FileWord.Parse<DetectionKind>(r.GetString(first + 1)),
        FileWord.Parse<DetectionSeverity>(r.GetString(first + 2)),
        r.Real(first + 3),
        r.Real(first + 4),
        r.Real(first + 5),
        r.Real(first + 6),
        r.RealOrNull(first + 7),
        r.Real(first + 8),
        r.Real(first + 9),
        r.RealOrNull(first + 10),
        r.GetString(first + 11));

    private static RunHeader Header(SqliteDataReader r, CellSpec cell, Dictionary<string, string> parameters) => new()
    {
        RunId = r.GetString(0),
        ChannelId = r.GetString(1),
        StartedUtc = DateTimeOffset.Parse(r.GetString(2), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        Simulated = r.GetBoolean(3),
        ProtocolName = r.GetString(4),
        ProtocolVersion = r.GetInt32(5),
        Measure = FileWord.Parse<Measure>(r.GetString(6)),
        ProtocolText = r.GetString(7),
        ProtocolSha256 = r.GetString(8),
        Operator = r.TextOrNull(9),
        InstrumentIdentity = r.TextOrNull(10),
        Profile = r.GetString(11),
        ProfileText = r.GetString(12),
        SoftwareVersion = r.GetString(13),
        SimulationNote = r.TextOrNull(14),
        ResumeWithinSeconds = r.RealOrNull(15),
        Cell = cell,
        Parameters = parameters,
    };
}
