namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>What the profile of a BioLogic instrument has besides.</summary>
/// <param name="Family">Which firmware and technique files.</param>
/// <param name="Bandwidth">1 to 7, to 9 with <see cref="EcLabFamily.Sp300"/>.</param>
public sealed record BioLogicSettings(EcLabFamily Family, int Bandwidth);
