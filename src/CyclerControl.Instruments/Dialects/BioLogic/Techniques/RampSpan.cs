namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>Where an unrolled ramp, which is in no other loop, stands among the techniques.</summary>
/// <param name="Node">Index of the ramp in the program.</param>
/// <param name="Path">As messages name it.</param>
/// <param name="First">Index of its first technique.</param>
/// <param name="Count">Techniques of all its levels.</param>
/// <param name="Levels">How many they are; each has as many techniques.</param>
internal sealed record RampSpan(int Node, string Path, int First, int Count, int Levels)
{
    /// <summary>Techniques of a level.</summary>
    public int Size => Count / Levels;
}
