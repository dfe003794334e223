namespace CyclerControl.Recording.Schema;

/// <summary>Results of the cycles, from the steps: while a run goes on, and once more when it has ended, to be kept.</summary>
internal static class CycleQuery
{
    /// <summary>
    /// Columns of the table <c>cycles</c>. A cycle is complete when another one began after it, or when the run ended as planned.
    /// </summary>
    public const string Text = """
        SELECT cycle, MIN(start_ns), MAX(end_ns), SUM(charging_ah), SUM(discharging_ah), SUM(charging_wh), SUM(discharging_wh),
            cycle < (SELECT MAX(cycle) FROM steps)
                OR EXISTS (SELECT 1 FROM ending WHERE outcome IN ('completed', 'no_short')) AS complete
        FROM steps WHERE cycle > 0 GROUP BY cycle ORDER BY cycle
        """;
}
