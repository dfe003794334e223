namespace CyclerControl.Simulation.Land;

/// <summary>What the instrument has measured and counted.</summary>
/// <param name="TestSeconds">Since the test began.</param>
/// <param name="StepSeconds">Since the step began.</param>
/// <param name="AmpHours">Of the step, magnitude.</param>
/// <param name="WattHours">Of the step; negative where V is.</param>
internal readonly record struct LandRecord(double TestSeconds, double StepSeconds, double Volts, double Amperes, double AmpHours, double WattHours);

/// <summary>A file of the vendor's software, as it grows.</summary>
internal interface ILandFileWriter
{
    /// <param name="channel">From 1.</param>
    /// <param name="begun">Of the test, by the clock of the vendor's PC.</param>
    void BeginTest(Stream file, int channel, DateTimeOffset begun, LandRecipe recipe);

    /// <param name="number">Of the step in the recipe, from 1.</param>
    /// <param name="passes">Of its loops, so far.</param>
    /// <param name="testSeconds">Now.</param>
    void BeginStep(int number, LandStep step, long passes, double testSeconds);

    void Add(in LandRecord record);

    /// <summary>Everything of this look was added.</summary>
    /// <param name="testSeconds">Now.</param>
    void Save(double testSeconds);
}
