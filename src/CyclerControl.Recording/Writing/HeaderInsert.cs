using System.Globalization;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>What is known when a run starts.</summary>
internal static class HeaderInsert
{
    public static void Write(SqliteConnection connection, RunHeader header)
    {
        using var run = new TableInsert(connection, "run", 16);
        run.Run(
            header.RunId,
            header.ChannelId,
            header.StartedUtc.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            header.Simulated,
            header.ProtocolName,
            header.ProtocolVersion,
            FileWord.Of(header.Measure),
            header.ProtocolText,
            header.ProtocolSha256,
            header.Operator,
            header.InstrumentIdentity,
            header.Profile,
            header.ProfileText,
            header.SoftwareVersion,
            header.SimulationNote,
            header.ResumeWithinSeconds);
        using var cell = new TableInsert(connection, "cell", 3);
        foreach (var (name, value, unit) in CellTable.Rows(header.Cell))
            cell.Run(name, value, unit);
        using var parameters = new TableInsert(connection, "parameters", 2);
        foreach (var (name, text) in header.Parameters)
            parameters.Run(name, text);
        using var settings = new TableInsert(connection, "detection_settings", 2);
        foreach (var (name, value) in header.DetectionSettings)
            settings.Run(name, value);
    }
}
