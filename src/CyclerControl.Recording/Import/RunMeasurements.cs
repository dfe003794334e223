using CyclerControl.Core.Channels;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Recording.Import;

/// <summary>
/// A run file for replay: its recorded rows, and between them the full-rate samples of its bursts, in order of time, each instant once. Around a detection the
/// replay sees what the detector saw, without the pulses of a confirmation; elsewhere what the protocol's <c>record</c> kept.
/// </summary>
public sealed class RunMeasurements : IMeasurementSource
{
    private readonly RunFileReader reader;
    private readonly IEnumerator<SampleRow> rows;
    private readonly IEnumerator<Sample> bursts;
    private readonly HashSet<int> sweeps;
    private bool hasRow;
    private bool hasBurst;
    private long last = long.MinValue;
    private int step;
    private int halfCycle;
    private bool confirming;
    private bool swept;

    /// <param name="reader">Closed with this.</param>
    public RunMeasurements(RunFileReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        this.reader = reader;
        rows = reader.EnumerateSamples().GetEnumerator();
        bursts = reader.Bursts.SelectMany(b => reader.EnumerateBurst(b.Burst)).GetEnumerator();
        sweeps = [.. reader.EnumerateSteps().Where(s => s.Verb == "sweep").Select(s => s.StepId)];
        hasRow = rows.MoveNext();
        hasBurst = bursts.MoveNext();
    }

    public double FirstSeconds => 0;

    public bool Read(out Measurement row)
    {
        while (hasRow || hasBurst)
        {
            var fromRows = hasRow && (!hasBurst || rows.Current.TimeNanoseconds <= bursts.Current.TimeNanoseconds);
            var (time, volts, amperes) = fromRows
                ? (rows.Current.TimeNanoseconds, rows.Current.Volts, rows.Current.Amperes)
                : (bursts.Current.TimeNanoseconds, bursts.Current.Volts, bursts.Current.Amperes);
            if (fromRows)
            {
                (step, halfCycle, confirming) = (rows.Current.StepCount, rows.Current.HalfCycle, rows.Current.Reason == RowReason.Confirmation);
                swept = sweeps.Contains(rows.Current.StepId);
            }

            _ = fromRows ? hasRow = rows.MoveNext() : hasBurst = bursts.MoveNext();
            if (time <= last || confirming)
                continue;
            last = time;
            row = new Measurement(time, volts, amperes, step, halfCycle) { IsSwept = swept };
            return true;
        }

        row = default;
        return false;
    }

    public void Dispose()
    {
        rows.Dispose();
        bursts.Dispose();
        reader.Dispose();
    }
}
