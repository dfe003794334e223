namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>What a step does, as the file says it.</summary>
internal enum LandMode
{
    /// <summary>The file does not say it, or in a word that is not known.</summary>
    Unknown,
    Rest,
    Discharge,
    Charge,
}

/// <summary>One record of a test file.</summary>
/// <param name="Number">Its place among the records of the file, from 1: the same whenever the file is read again from its beginning.</param>
/// <param name="Step">As the file numbers them.</param>
/// <param name="Pass">The file's cycle; of a <c>.cex</c> file from 1, one more whenever a step begins whose number is not above the one before.</param>
/// <param name="StepSeconds">Since the step began; of a <c>.cex</c> file since the step's first record.</param>
/// <param name="TestSeconds">Since the test began.</param>
/// <param name="Volts">V.</param>
/// <param name="Amperes">A; positive charges the cell.</param>
/// <param name="StepAmpHours">|charge| since the step began, Ah; null where the file does not have it.</param>
/// <param name="StepWattHours">|energy| since the step began, Wh; null where the file does not have it.</param>
internal readonly record struct LandRow(
    long Number, int Step, long Pass, LandMode Mode, double StepSeconds, double? TestSeconds, double Volts, double Amperes, double? StepAmpHours, double? StepWattHours)
{
    /// <summary>Whether a step begins with it.</summary>
    /// <param name="before">The record before it; null: it is the first.</param>
    public bool BeginsStep(in LandRow? before) => before is not { } last || Step != last.Step || Pass != last.Pass || StepSeconds < last.StepSeconds;
}
