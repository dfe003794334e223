namespace CyclerControl.Simulation.BioLogic;

/// <summary>What one reading of a channel's memory brings: rows of one technique in one pass.</summary>
/// <param name="Skipped">Rows that were lost before it.</param>
/// <param name="Rows">Rows in the buffer.</param>
/// <param name="Columns">Words of a row.</param>
/// <param name="TechniqueIndex">Place of the technique.</param>
/// <param name="TechniqueNumber">The vendor's number of it.</param>
/// <param name="Loop">Jumps back so far.</param>
/// <param name="StartSeconds">s; NaN where the family has a clock that goes on.</param>
public readonly record struct EcLabBlock(int Skipped, int Rows, int Columns, int TechniqueIndex, int TechniqueNumber, int Loop, double StartSeconds);

/// <summary>One reading.</summary>
/// <param name="State">0 stop, 1 run, 2 pause.</param>
/// <param name="TimeBase">Length of a tick, s.</param>
/// <param name="ElapsedSeconds">Since the start.</param>
public readonly record struct EcLabReading(int State, float TimeBase, float Volts, float Amperes, float ElapsedSeconds);
