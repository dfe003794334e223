using System.Globalization;
using CyclerControl.Core.Detection;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Schema;
using Microsoft.Data.Sqlite;

namespace CyclerControl.Recording.Writing;

/// <summary>Everything that is rarer than a sample row.</summary>
internal sealed class RecordInserts(SqliteConnection connection) : IDisposable
{
    private readonly TableInsert steps = new(connection, "steps", 23, replace: true);
    private readonly TableInsert events = new(connection, "events", 7);
    private readonly TableInsert detections = new(connection, "detections", 13);
    private readonly TableInsert bursts = new(connection, "bursts", 6);
    private readonly TableInsert checkpoint = new(connection, "checkpoint", 4, replace: true);
    private readonly TableInsert ending = new(connection, "ending", 5, replace: true);

    public void Write(object item)
    {
        switch (item)
        {
            case RunEvent e:
                events.Run(null, e.TimeNanoseconds, e.Kind, e.Message, Detection(e.Detection), e.UntilNanoseconds, null);
                break;
            case RecordingGap gap:
                events.Run(null, gap.FirstNanoseconds, "recording_gap", Sentence(gap), null, gap.LastNanoseconds, gap.Rows);
                break;
            case BurstChunk chunk:
                foreach (ref readonly var s in chunk.Samples.AsSpan())
                    bursts.Run(null, chunk.Burst, s.TimeNanoseconds, s.Volts, s.Amperes, s.Celsius);
                break;
            default:
                throw new ArgumentException($"No table for {item.GetType().Name}.", nameof(item));
        }
    }

    public void Step(in StepRecord s) => steps.Run(
        s.StepCount, s.StepId, s.Path, s.Verb, s.Name, s.SetAmperes, s.SetVolts, s.RampPass, s.Cycle, s.HalfCycle, s.Block, s.BlockCycle,
        s.StartNanoseconds, s.EndNanoseconds, s.ChargingAmpHours, s.DischargingAmpHours, s.ChargingWattHours, s.DischargingWattHours,
        s.StartVolts, s.EndVolts, FileWord.Of(s.End), s.EndedAtOnce, s.HoldStartNanoseconds);

    public void Checkpoint(long timeNanoseconds, long afterSampleId, byte[] state) =>
        checkpoint.Run(1, timeNanoseconds, afterSampleId, state);

    /// <summary>How the run ended, and the results of its cycles.</summary>
    public void Ending(RunEnding end)
    {
        ending.Run(1, FileWord.Of(end.Outcome), end.EndNanoseconds, end.Reason, Detection(end.Short));
        RunDatabase.Execute(connection, $"INSERT OR REPLACE INTO cycles {CycleQuery.Text}");
    }

    public void Dispose()
    {
        steps.Dispose();
        events.Dispose();
        detections.Dispose();
        bursts.Dispose();
        checkpoint.Dispose();
        ending.Dispose();
    }

    private static string Sentence(RecordingGap gap) => string.Create(
        CultureInfo.InvariantCulture,
        $"{gap.Rows} sample rows from {gap.FirstNanoseconds * 1e-9:0.###} s to {gap.LastNanoseconds * 1e-9:0.###} s were not recorded: the disk was too slow; the totals of later rows are exact");

    private long? Detection(DetectionEvent? d)
    {
        if (d is null)
            return null;
        detections.Run(
            null, d.Rule, FileWord.Of(d.Kind), FileWord.Of(d.Severity), d.TimeSeconds, d.OnsetSeconds, d.Volts, d.Amperes, d.ExpectedVolts,
            d.Statistic, d.Threshold, d.ShortOhms, d.Explanation);
        return SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);
    }
}
