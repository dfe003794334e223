namespace CyclerControl.Benchmarks.Detection.Corpus;

/// <summary>What happens to a healthy cell or its channel and is no short.</summary>
internal enum NuisanceKind
{
    /// <summary>R goes up (or down) by 6 % and back within 2 h.</summary>
    OvenExcursion,

    /// <summary>3 K up or down in 10 min, some hours, and back.</summary>
    TemperatureStep,

    /// <summary>The chamber's door: colder within a minute, back over a quarter of an hour.</summary>
    ChamberDoor,

    /// <summary>The stack is re-torqued: up to 20 % in R, within seconds, fading over a day.</summary>
    Pressure,

    /// <summary>The current lead off and on again: no current for seconds, then another contact resistance.</summary>
    Reseat,

    /// <summary>A knock on the cable: hundreds of millivolts for tens of milliseconds.</summary>
    Knock,

    /// <summary>The range switches: one mixed reading, and another offset afterwards.</summary>
    RangeSwitch,

    /// <summary>The channel drops its current for a moment.</summary>
    ZeroCurrent,
}

/// <summary>One of them.</summary>
/// <param name="Seconds">Test time of its beginning, s.</param>
/// <param name="Duration">How long it lasts (or its memory), s.</param>
/// <param name="Size">Signed: fraction of R, K, or V, by kind.</param>
internal readonly record struct Nuisance(NuisanceKind Kind, double Seconds, double Duration, double Size);
