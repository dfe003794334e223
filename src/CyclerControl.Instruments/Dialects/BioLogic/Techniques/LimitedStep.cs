using System.Collections.Immutable;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>One step inside a <c>cplimit</c> or <c>calimit</c>.</summary>
/// <param name="Level">A or V.</param>
/// <param name="Seconds">Its time.</param>
/// <param name="Tests">At most three; any one ends it.</param>
/// <param name="Exit">Where to, then.</param>
internal sealed record LimitedStep(double Level, double Seconds, ImmutableArray<LimitTest> Tests, ExitCondition Exit);
