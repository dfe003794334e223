namespace CyclerControl.Core.Detection.Models;

/// <summary>What is contact that comes back, and no short.</summary>
/// <param name="AwayRatio">Level / lowest healthy level from which contact counts as lost. Arcing of a healthy cell ends at 1.05-1.5.</param>
/// <param name="RecoveredFraction">
/// Once contact was lost, nothing above this fraction of the lowest healthy level is a drop: nucleation may have taken up to 60 % off meanwhile, 1 / 1.6 = 0.63.
/// </param>
/// <param name="LooseRatio">Level / slow level from which a rise counts as a contact that has just come loose.</param>
/// <param name="RiseMemorySeconds">The slow level follows a fall at once and a rise with this time constant, s.</param>
/// <param name="BackSeconds">Contact is there again when the level has been near its lowest for so long, s.</param>
/// <param name="BackSamples">And for so many samples.</param>
/// <param name="ApproachFraction">While the level rises by more than this fraction of itself, it is on its way to where it belongs and no standard yet,</param>
/// <param name="ApproachSeconds">within this time, s.</param>
public sealed record RecoverySettings(
    double AwayRatio = 1.5,
    double RecoveredFraction = 0.6,
    double LooseRatio = 1.15,
    double RiseMemorySeconds = 300,
    double BackSeconds = 60,
    int BackSamples = 10,
    double ApproachFraction = 0.1,
    double ApproachSeconds = 30);
