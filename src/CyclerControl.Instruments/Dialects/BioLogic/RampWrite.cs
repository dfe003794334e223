using System.Collections.Immutable;
using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>One place that is to be written.</summary>
/// <param name="Place">From 0.</param>
/// <param name="Level">That it holds then; -1: it is closed.</param>
/// <param name="Updates">In this order.</param>
internal sealed record RampWrite(int Place, int Level, ImmutableArray<(int Index, ImmutableArray<EccParameter> Parameters)> Updates);
