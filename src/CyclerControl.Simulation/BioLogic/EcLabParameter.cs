namespace CyclerControl.Simulation.BioLogic;

/// <summary>One parameter as it arrived.</summary>
/// <param name="Type">0 whole number, 1 yes or no, 2 single.</param>
/// <param name="Raw">Its bits.</param>
public readonly record struct EcLabParameter(string Label, int Type, uint Raw, int Index);
