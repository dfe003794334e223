namespace CyclerControl.Simulation;

/// <summary>The cells of the built-in station, channel 1 first.</summary>
public static class DemoCells
{
    public static readonly IReadOnlyList<string> Names =
    [
        "li-lpsc-li", "lacss", "tbaf-lpsc", "dpf-lpsc", "air-llzto", "tfoh-llzto", "li-lpsc-collector", "ncm83125-li",
    ];
}
