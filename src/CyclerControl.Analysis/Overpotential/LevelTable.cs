using CyclerControl.Analysis.Legs;

namespace CyclerControl.Analysis.Overpotential;

/// <summary>Sorts half-cycles into levels.</summary>
public static class LevelTable
{
    public static IReadOnlyList<Level> Of(IReadOnlyList<HalfCycleResult> halfCycles)
    {
        var bodies = halfCycles
            .Where(h => h.Stretch.RampPass is not null)
            .GroupBy(h => BodyOf(h.Stretch.Path), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Stretch.StepId, StringComparer.Ordinal);
        var levels = new List<Building>();
        var waiting = new List<HalfCycleResult>();
        var regionStart = 0; // where the present row of levels outside a ramp begins
        foreach (var one in halfCycles)
        {
            if (one.Stretch.RampPass is not null)
            {
                if (levels.Count == 0 || !levels[^1].IsPass(one.Stretch))
                {
                    levels.Add(new Building(Math.Abs(one.Stretch.SetAmperes), one.Stretch.RampPass));
                    levels[^1].Members.AddRange(waiting);
                    waiting.Clear();
                }

                levels[^1].Members.Add(one);
                regionStart = levels.Count;
            }
            else if (PlaceInRamp(one.Stretch, bodies) is { } before)
            {
                // A fixed current in the ramp's body belongs to the pass that it is executed in.
                (before || levels.Count == 0 || levels[^1].RampPass is null ? waiting : levels[^1].Members).Add(one);
                regionStart = levels.Count;
            }
            else
            {
                AddOutside(levels, regionStart, one);
            }
        }

        foreach (var left in waiting)
        {
            AddOutside(levels, regionStart, left); // its pass ended before the ramp's own current was reached
        }

        return [.. levels.Select(l => new Level(l.Amperes, l.RampPass, l.Members))];
    }

    /// <summary>Null: outside; true: comes before the ramp's own current in the body; false: after it.</summary>
    private static bool? PlaceInRamp(Stretch stretch, Dictionary<string, int> bodies)
    {
        foreach (var (body, firstStepId) in bodies)
        {
            if (stretch.Path.StartsWith(body + ".", StringComparison.Ordinal))
            {
                return stretch.StepId < firstStepId;
            }
        }

        return null;
    }

    private static void AddOutside(List<Building> levels, int regionStart, HalfCycleResult one)
    {
        var amperes = Math.Abs(one.Stretch.SetAmperes);
        var level = levels.Skip(regionStart).FirstOrDefault(l => l.Amperes == amperes);
        if (level is null)
        {
            level = new Building(amperes, null);
            levels.Add(level);
        }

        level.Members.Add(one);
    }

    /// <summary>steps[1].steps[0] lies in the body of steps[1].</summary>
    private static string BodyOf(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? path : path[..dot];
    }

    private sealed record Building(double Amperes, int? RampPass)
    {
        public List<HalfCycleResult> Members { get; } = [];

        public bool IsPass(Stretch stretch) => RampPass == stretch.RampPass && Amperes == Math.Abs(stretch.SetAmperes);
    }
}
