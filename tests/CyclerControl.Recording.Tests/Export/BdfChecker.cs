using System.Globalization;

namespace CyclerControl.Recording.Tests.Export;

/// <summary>The rules of Battery Data Format 1.3.0 for a table as text: required columns, integer columns, monotonicity, algebra, times.</summary>
internal sealed class BdfChecker
{
    private readonly Dictionary<string, string[]> columns = new(StringComparer.Ordinal);

    public BdfChecker(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').Select(l => l.Split(',')).ToArray();
        for (var c = 0; c < lines[0].Length; c++)
            columns.Add(lines[0][c], lines.Skip(1).Select(l => l[c]).ToArray());
    }

    public IReadOnlyDictionary<string, string[]> Columns => columns;

    public IEnumerable<string> Problems()
    {
        foreach (var label in new[] { "Current / A", "Test Time / s", "Voltage / V", "Unix Time / s", "Cycle Count / 1", "Step Count / 1" })
        {
            if (!columns.ContainsKey(label))
                yield return $"{label}: missing";
        }

        foreach (var label in new[] { "Cycle Count / 1", "Step Count / 1", "Record Index / 1", "Step Record Index / 1", "Step ID" })
        {
            if (columns[label].Any(t => !long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                yield return $"{label}: not an integer >= 0";
        }

        string[] growing =
        [
            "Test Time / s", "Unix Time / s", "Cycle Count / 1", "Step Count / 1", "Record Index / 1",
            "Charging Capacity / Ah", "Discharging Capacity / Ah", "Cumulative Capacity / Ah",
        ];
        foreach (var label in growing)
        {
            if (!Grows(Numbers(label)))
                yield return $"{label}: falls";
        }

        foreach (var of in new[] { "", "Cycle ", "Step " })
        {
            foreach (var what in new[] { "Capacity / Ah", "Energy / Wh" })
            {
                foreach (var problem in Algebra(of, what))
                    yield return problem;
            }
        }

        foreach (var problem in Resets())
            yield return problem;
        var time = Numbers("Test Time / s");
        var unix = Numbers("Unix Time / s");
        if (time.Where((t, i) => Math.Abs(unix[i] - unix[0] - (t - time[0])) > 1e-6).Any())
            yield return "Unix Time / s: not on the scale of Test Time";
    }

    public double[] Numbers(string label) => columns[label].Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();

    private static bool Grows(double[] values)
    {
        var scale = values.Max(Math.Abs);
        return values.Zip(values.Skip(1)).All(p => p.First - p.Second <= 1e-9 + (1e-6 * scale));
    }

    private IEnumerable<string> Algebra(string of, string what)
    {
        var charging = Numbers($"{of}Charging {what}");
        var discharging = Numbers($"{of}Discharging {what}");
        var cumulative = Numbers($"{of}Cumulative {what}");
        var net = Numbers($"{of}Net {what}");
        for (var i = 0; i < charging.Length; i++)
        {
            var tolerance = 1e-9 + (1e-6 * Math.Abs(cumulative[i]));
            if (Math.Abs(charging[i] + discharging[i] - cumulative[i]) > tolerance)
                yield return $"{of}Cumulative {what}: row {i}";
            if (Math.Abs(charging[i] - discharging[i] - net[i]) > tolerance)
                yield return $"{of}Net {what}: row {i}";
        }
    }

    /// <summary>Cycle and step totals are those of the run since the row before the cycle or step began.</summary>
    private IEnumerable<string> Resets()
    {
        foreach (var (of, counter) in new[] { ("Cycle ", "Cycle Count / 1"), ("Step ", "Step Count / 1") })
        {
            foreach (var what in new[] { "Charging Capacity / Ah", "Discharging Capacity / Ah", "Charging Energy / Wh", "Discharging Energy / Wh" })
            {
                var count = Numbers(counter);
                var run = Numbers(what);
                var part = Numbers(of + what);
                for (var i = 1; i < count.Length; i++)
                {
                    var grown = count[i] == count[i - 1] ? part[i] - part[i - 1] : part[i];
                    if (Math.Abs(grown - (run[i] - run[i - 1])) > 1e-9)
                        yield return $"{of}{what}: row {i}";
                }
            }
        }

        var index = Numbers("Step Record Index / 1");
        var step = Numbers("Step Count / 1");
        if (index.Where((n, i) => n != (i == 0 || step[i] != step[i - 1] ? 1 : index[i - 1] + 1)).Any())
            yield return "Step Record Index / 1: not 1, 2, 3 ... within a step";
    }
}
