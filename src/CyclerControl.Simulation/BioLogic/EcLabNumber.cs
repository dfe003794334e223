namespace CyclerControl.Simulation.BioLogic;

/// <summary>
/// The form of a number in a channel's memory. The real one is the vendor's secret; this one is made so that a client that takes the bits for a
/// single reads nonsense.
/// </summary>
public static class EcLabNumber
{
    /// <summary>Of boards that the library cannot tell apart.</summary>
    public const uint FirstGeneration = 0x5A5A5A5A;

    /// <summary>Of boards whose type the library asks for.</summary>
    public const uint LaterGeneration = 0x3C3C3C3C;

    internal static uint Encode(double value, uint generation) => BitConverter.SingleToUInt32Bits((float)value) ^ generation;
}
