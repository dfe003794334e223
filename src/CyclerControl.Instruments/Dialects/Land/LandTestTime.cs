namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>How long a recorded test has run.</summary>
internal static class LandTestTime
{
    /// <returns>Test time of the last record, s; steps are laid end to end where the file has no test time. 0 where it has no record.</returns>
    public static double Of(LandFile file)
    {
        var rows = new LandRow[LandChannel.PageRows];
        LandRow? last = null;
        var (begun, end) = (0.0, 0.0);
        LandPage page;
        do
        {
            page = file.Read(last?.Number ?? 0, rows);
            foreach (ref readonly var row in rows.AsSpan(0, page.Count))
            {
                if (row.BeginsStep(last))
                {
                    begun = end;
                }

                end = Math.Max(end, row.TestSeconds ?? begun + row.StepSeconds);
                last = row;
            }
        }
        while (page.More);
        return end;
    }
}
