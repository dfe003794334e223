namespace CyclerControl.Core.Detection.Rules;

/// <summary>Parameters of the fast half of rule 3.</summary>
/// <param name="SmallestFraction">
/// Smaller drops are not reported: half-way between what drift and temperature do within the memory and the 5 % that must be told.
/// </param>
/// <param name="SmallestVolts">Nor are drops of less than this, V: ten times the noise of the best channel; a range that switches moves its offset by 0.1 mV.</param>
/// <param name="SuddenFraction">A full cell that is discharged must fall by this fraction from one reading to the next to be judged.</param>
/// <param name="SlowAgeMemories">
/// The three CUSUMs for small shifts count from this age on, in memories of the model: then what is left of a nucleation decay of 60 % is a lag of a tenth
/// of the relative floor, and the level has been learnt over far longer than a delay.
/// </param>
/// <param name="AbortFraction">Below this fraction of the model it may end the run.</param>
/// <param name="AbortSeconds">For so long, s.</param>
/// <param name="AbortSamples">And in so many samples.</param>
/// <param name="SuspectedWeight">How much the model still learns while the last residuals are large.</param>
/// <param name="FrozenSeconds">After an alarm the model waits so long for the voltage to come back, s; then it accepts the new level.</param>
/// <param name="FrozenSamples">And so many samples.</param>
public sealed record DropSettings(
    double SmallestFraction = 0.04,
    double SmallestVolts = 0.25e-3,
    double SuddenFraction = 0.03,
    double SlowAgeMemories = 20,
    double AbortFraction = 0.5,
    double AbortSeconds = 30,
    int AbortSamples = 10,
    double SuspectedWeight = 0.2,
    double FrozenSeconds = 120,
    int FrozenSamples = 40);
