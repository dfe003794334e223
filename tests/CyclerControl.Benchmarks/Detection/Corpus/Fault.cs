namespace CyclerControl.Benchmarks.Detection.Corpus;

internal enum FaultKind
{
    /// <summary>A metal path of 0.5 to 20 ohm, at once: what is left is below an eighth.</summary>
    HardShort,

    /// <summary>A path beside the ionic one, at once: V falls by a given fraction.</summary>
    Drop,

    /// <summary>The same, growing over a minute to an hour.</summary>
    Creep,

    /// <summary>The same, growing over four half-cycles.</summary>
    SlowCreep,

    /// <summary>The path opens and closes.</summary>
    Telegraph,

    /// <summary>R grows as 1 / (T - t) until the voltage limit.</summary>
    ContactLoss,

    /// <summary>R grows to several times its value and comes back at once.</summary>
    ContactReturn,

    /// <summary>Concentration polarisation: V diverges with the square root of time (Sand).</summary>
    Polarisation,
}

/// <summary>What goes wrong in one life, and when: the truth that detections are scored against.</summary>
internal sealed class Fault
{
    private readonly SeededRandom random;
    private double conductance;
    private bool closed = true;
    private double nextSwitch;

    public Fault(FaultKind kind, double fraction, double rampSeconds, int leg, double phase, SeededRandom random)
    {
        Kind = kind;
        Fraction = fraction;
        RampSeconds = rampSeconds;
        Leg = leg;
        Phase = phase;
        this.random = random;
        DwellSeconds = random.LogUniform(0.4, 1.0);
    }

    public FaultKind Kind { get; }

    /// <summary>Fraction of |V| that is lost when it is fully there; of contact losses the multiple of R at their height.</summary>
    public double Fraction { get; }

    /// <summary>How long it takes to be fully there, s.</summary>
    public double RampSeconds { get; }

    /// <summary>Half-cycle in which it begins.</summary>
    public int Leg { get; }

    /// <summary>And where in it, 0 to 1.</summary>
    public double Phase { get; }

    /// <summary>Mean dwell of a telegraph in either state, s: medians of 0.3 to 0.7 s.</summary>
    public double DwellSeconds { get; }

    /// <summary>Test time, s; infinite until its half-cycle has begun.</summary>
    public double OnsetSeconds { get; private set; } = double.PositiveInfinity;

    public bool IsShort => Kind < FaultKind.ContactLoss;

    public void Arm(double onsetSeconds) => OnsetSeconds = onsetSeconds;

    /// <summary>Of the electronic path, S.</summary>
    /// <param name="cellOhms">Of the cell beside it now; its value at the onset decides how large the path is.</param>
    public double Conductance(double seconds, double cellOhms)
    {
        if (!IsShort || seconds < OnsetSeconds)
            return 0;
        if (conductance == 0)
        {
            conductance = Fraction / (1 - Fraction) / cellOhms;
            nextSwitch = OnsetSeconds + random.Exponential(DwellSeconds);
        }

        switch (Kind)
        {
            case FaultKind.Creep or FaultKind.SlowCreep:
                return conductance * Math.Min(1, (seconds - OnsetSeconds) / RampSeconds);
            case FaultKind.Telegraph:
                for (; nextSwitch <= seconds; nextSwitch += random.Exponential(DwellSeconds))
                    closed = !closed;
                return closed ? conductance : 0;
            default:
                return conductance;
        }
    }

    /// <summary>Factor on the cell's resistance.</summary>
    public double Resistance(double seconds)
    {
        if (IsShort || seconds < OnsetSeconds)
            return 1;
        var u = (seconds - OnsetSeconds) / RampSeconds;
        return Kind switch
        {
            FaultKind.ContactReturn => u < 1 ? 1 / (1 - (u * (1 - (1 / Fraction)))) : 1,
            FaultKind.Polarisation => u < 1 ? 1 - (0.3 * Math.Log(Math.Max(1e-6, 1 - Math.Sqrt(u)))) : 1e4,
            _ => u < 1 ? 1 / Math.Max(1e-4, 1 - u) : 1e4,
        };
    }
}
