namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>What the profile of a BioLogic instrument has besides.</summary>
/// <param name="Family">Which firmware and technique files.</param>
/// <param name="Bandwidth">1 to 7, to 9 with <see cref="EcLabFamily.Sp300"/>.</param>
/// <param name="Techniques">Linked techniques that a channel holds; of a longer ramp it gets the next levels only, and the others while it runs.</param>
public sealed record BioLogicSettings(EcLabFamily Family, int Bandwidth, int Techniques = BioLogicSettings.MostTechniques)
{
    /// <summary>More than this no channel is believed to hold. What yours does is not documented: it refuses what is too much.</summary>
    public const int MostTechniques = 2000;

    /// <summary>With fewer nothing but the shortest protocol is possible.</summary>
    public const int FewestTechniques = 10;
}
