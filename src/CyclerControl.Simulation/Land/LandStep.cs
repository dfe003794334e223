namespace CyclerControl.Simulation.Land;

/// <summary>What a step of the vendor's recipe does.</summary>
internal enum LandStepKind
{
    Rest,
    Discharge,
    Charge,

    /// <summary>Goes back; carries no records.</summary>
    Loop,
}

/// <summary>One step.</summary>
/// <param name="Amperes">Magnitude.</param>
/// <param name="Seconds">Ends it; null: no time does.</param>
/// <param name="Volts">Ends it; null: no voltage does.</param>
/// <param name="GoesTo">Where a loop goes back to, from 1.</param>
/// <param name="Passes">Of a loop, in all.</param>
internal sealed record LandStep(LandStepKind Kind, double Amperes, double? Seconds, double? Volts, int GoesTo = 0, long Passes = 0)
{
    /// <summary>+1 charges, -1 discharges, 0 neither.</summary>
    public int Direction => Kind switch
    {
        LandStepKind.Charge => 1,
        LandStepKind.Discharge => -1,
        _ => 0,
    };
}
