namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>How a channel is read.</summary>
/// <param name="Name">As it is written in figures.</param>
/// <param name="PeriodSeconds">Of the instrument, s.</param>
/// <param name="EventVolts">A record is kept when V moved by so much since the last one, V; 0: every reading is kept.</param>
/// <param name="EventSeconds">And at the latest after so long, s.</param>
/// <param name="LeastHalfSeconds">Shortest half-cycle that makes sense at this rate, s.</param>
/// <param name="MostHalfSeconds">Longest, s.</param>
internal sealed record SamplingScheme(
    string Name, double PeriodSeconds, double EventVolts, double EventSeconds, double LeastHalfSeconds, double MostHalfSeconds)
{
    public static readonly SamplingScheme Kilohertz = new("1kHz", 1e-3, 0, 0, 40, 120);
    public static readonly SamplingScheme TenHertz = new("10Hz", 0.1, 0, 0, 200, 3600);
    public static readonly SamplingScheme OneHertz = new("1Hz", 1, 0, 0, 600, 14_400);
    public static readonly SamplingScheme ThirtySeconds = new("30s", 30, 0, 0, 7200, 36_000);
    public static readonly SamplingScheme EventBased = new("event", 1, 1e-3, 120, 3600, 14_400);

    public static readonly SamplingScheme[] All = [OneHertz, Kilohertz, TenHertz, ThirtySeconds, EventBased];

    public bool IsEventBased => EventSeconds > 0;

    public long PeriodNanoseconds => (long)(PeriodSeconds * 1e9);
}
