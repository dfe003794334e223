namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>Cases of one kind and size at one sampling, scored together.</summary>
/// <param name="Fraction">Fraction of |V| that a drop takes; null: drawn.</param>
/// <param name="Cases">At 3 channel-years.</param>
internal sealed record FaultGroup(FaultKind Kind, SamplingScheme Sampling, double? Fraction, int Cases)
{
    public static readonly double[] DropFractions = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

    public static readonly FaultGroup[] All = [.. Groups()];

    /// <summary>Part of a life's name; never reuse a number.</summary>
    public long Stream => 1000 + ((long)Kind * 100) + (Array.IndexOf(SamplingScheme.All, Sampling) * 10) + Array.IndexOf(DropFractions, Fraction ?? 0) + 1;

    public string Name => Fraction is { } fraction
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"drop_{fraction * 100:0}pct_{Sampling.Name}")
        : $"{Word}_{Sampling.Name}";

    /// <summary>Half-cycles that follow the one of the onset.</summary>
    public int LegsAfter => Kind switch
    {
        FaultKind.SlowCreep => 6,
        FaultKind.Creep or FaultKind.ContactReturn => 1,
        FaultKind.ContactLoss or FaultKind.Polarisation => 1,
        _ => 0,
    };

    private string Word => Kind switch
    {
        FaultKind.HardShort => "hard",
        FaultKind.Drop => "drop",
        FaultKind.Creep => "creep",
        FaultKind.SlowCreep => "slow_creep",
        FaultKind.Telegraph => "telegraph",
        FaultKind.ContactLoss => "contact_loss",
        FaultKind.ContactReturn => "contact_return",
        _ => "polarisation",
    };

    private static IEnumerable<FaultGroup> Groups()
    {
        foreach (var (sampling, share) in new[]
        {
            (SamplingScheme.OneHertz, 1.0), (SamplingScheme.Kilohertz, 0.02), (SamplingScheme.TenHertz, 0.1),
            (SamplingScheme.ThirtySeconds, 0.2), (SamplingScheme.EventBased, 0.2),
        })
        {
            yield return new FaultGroup(FaultKind.HardShort, sampling, null, (int)(3000 * share));
            foreach (var fraction in DropFractions)
                yield return new FaultGroup(FaultKind.Drop, sampling, fraction, (int)(900 * share));
            yield return new FaultGroup(FaultKind.Creep, sampling, null, (int)(600 * share));
            yield return new FaultGroup(FaultKind.SlowCreep, sampling, null, (int)(300 * share));
            yield return new FaultGroup(FaultKind.Telegraph, sampling, null, (int)(600 * share));
            yield return new FaultGroup(FaultKind.ContactLoss, sampling, null, (int)(600 * share));
            yield return new FaultGroup(FaultKind.ContactReturn, sampling, null, (int)(600 * share));
            yield return new FaultGroup(FaultKind.Polarisation, sampling, null, (int)(600 * share));
        }
    }
}
