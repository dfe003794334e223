using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;

namespace CyclerControl.Acquisition.Runners;

/// <summary>What changes with every sample; no references, so that copying it is copying bytes.</summary>
internal struct SampleFigures
{
    public bool HasReading;
    public bool HasCelsius;
    public long ReadAtNanoseconds;
    public double Volts;
    public double Amperes;
    public double Celsius;
    public long TestTimeNanoseconds;
    public long StepTimeNanoseconds;
    public int Cycle;
    public int HalfCycle;
    public ChargeTotals Totals;
    public ChargeTotals StepTotals;
    public long Samples;
    public long MissedDeadlines;
    public long InvalidReadings;

    public void Take(in Reading reading)
    {
        HasReading = true;
        ReadAtNanoseconds = reading.AtNanoseconds;
        Volts = reading.Volts;
        Amperes = reading.Amperes;
        HasCelsius = reading.Celsius.HasValue;
        Celsius = reading.Celsius.GetValueOrDefault();
    }

    public void Take(ActiveRun run)
    {
        ref var state = ref run.State;
        var time = state.LastSampleNanoseconds;
        TestTimeNanoseconds = time;
        StepTimeNanoseconds = state.Phase == RunPhase.Running ? Math.Max(0, state.Step.TimeAt(time)) : state.Step.ElapsedNanoseconds;
        Cycle = state.Leg.Cycle;
        HalfCycle = state.Leg.HalfCycle;
        Totals = state.Totals;
        StepTotals = state.Totals.Since(state.Step.TotalsAtStart);
        Samples = run.Samples;
        MissedDeadlines = run.Missed.Total;
        InvalidReadings = run.Invalid.Total;
    }

    public readonly ChannelSnapshot Into(in ChannelSnapshot rare) => rare with
    {
        ReadAtNanoseconds = HasReading ? ReadAtNanoseconds : null,
        Volts = Volts,
        Amperes = Amperes,
        Celsius = HasCelsius ? Celsius : null,
        TestTimeNanoseconds = TestTimeNanoseconds,
        StepTimeNanoseconds = StepTimeNanoseconds,
        Cycle = Cycle,
        HalfCycle = HalfCycle,
        Totals = Totals,
        StepTotals = StepTotals,
        Samples = Samples,
        MissedDeadlines = MissedDeadlines,
        InvalidReadings = InvalidReadings,
    };
}
