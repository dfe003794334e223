using CyclerControl.Benchmarks.Detection.Corpus;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Benchmarks.Detection.Baselines;

/// <summary>Prepares readings for the baselines as a careful lab would: 5 readings and 5 s of blanking, mirrored by direction, standardised.</summary>
internal sealed class BaselineInput
{
    private const int BlankedSamples = 5;
    private const double BlankedSeconds = 5;
    private const int LearningSamples = 30;

    private readonly CellDraw cell;
    private double startSeconds;
    private double direction;
    private double levelVolts;
    private long count;
    private double mean;
    private double squares;
    private double sigma;

    public BaselineInput(CellDraw cell) => this.cell = cell;

    public void Begin(in PlannedSegment planned, double seconds)
    {
        startSeconds = seconds;
        direction = planned.Kind is PlannedKind.Current ? Math.Sign(planned.Amperes) : 0;
        levelVolts = Math.Abs(planned.Amperes) / cell.Amperes * cell.LevelVolts;
        count = -BlankedSamples;
        mean = squares = 0;
    }

    /// <returns>False where nothing is judged: rests, holds, sweeps, no current.</returns>
    public bool Prepare(in Sample sample, out BaselineReading reading)
    {
        reading = default;
        if (direction == 0 || sample.Amperes * direction <= 0.5 * Math.Abs(cell.Amperes) * Math.Min(1, levelVolts / cell.LevelVolts)
            || sample.TimeSeconds - startSeconds < BlankedSeconds * Math.Min(1, cell.Sampling.PeriodSeconds) || ++count <= 0)
        {
            return false;
        }

        var full = cell.Kind == CellKind.Full;
        var volts = full ? sample.Volts : sample.Volts * direction;
        if (count <= LearningSamples)
        {
            var deviation = volts - mean;
            mean += deviation / count;
            squares += deviation * (volts - mean);
            sigma = Math.Max(1e-9, Math.Sqrt(squares / Math.Max(1, count - 1)));
        }

        reading = new BaselineReading(volts, levelVolts, (volts - mean) / sigma, count > LearningSamples, full);
        return true;
    }
}
