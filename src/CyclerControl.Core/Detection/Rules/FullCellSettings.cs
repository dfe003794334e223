namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of rule 9 for full cells.</summary>
/// <param name="FirstCycle">Judged from this cycle on: formation takes 15-25 % of the first charge.</param>
/// <param name="ChargeRatio">Charge / charge of the last cycle of the same rates and window.</param>
/// <param name="NominalRatio">Charge / nominal capacity; needs no history. A first charge with 75 % efficiency takes 1.33.</param>
/// <param name="LowestEfficiency">Discharge / charge, twice running; a healthy cell has 99.5 % and more.</param>
/// <param name="HighestEfficiency">And above which, twice running; a single one from <paramref name="NotedEfficiency"/> on is noted.</param>
/// <param name="NotableEfficiency">A single efficiency above this is more than a fluctuation of the temperature, and suspect.</param>
/// <param name="NotedEfficiency">A single efficiency above this is noted: 100 % and ten times the error of a good charge, 1e-4.</param>
/// <param name="SameRate">Rates are the same within this fraction.</param>
/// <param name="SameWindowVolts">Windows are the same within this, V.</param>
/// <param name="FallVolts">While charging at constant current V must not be lower than it has been by more than this, V, and 10 sigma of noise.</param>
/// <param name="FallPolarisation">
/// And this fraction of V under current less V at rest before it: a re-torqued stack and 3 K take that much of the polarisation, with no short.
/// </param>
/// <param name="FallSeconds">For so long, s.</param>
/// <param name="FallAgeSeconds">After the first minutes of a charge, s: relaxation is over.</param>
public sealed record FullCellSettings(
    int FirstCycle = 4,
    double ChargeRatio = 1.10,
    double NominalRatio = 1.5,
    double LowestEfficiency = 0.95,
    double HighestEfficiency = 1.005,
    double NotableEfficiency = 1.02,
    double NotedEfficiency = 1.001,
    double SameRate = 0.02,
    double SameWindowVolts = 0.02,
    double FallVolts = 5e-3,
    double FallPolarisation = 0.3,
    double FallSeconds = 60,
    double FallAgeSeconds = 600);
