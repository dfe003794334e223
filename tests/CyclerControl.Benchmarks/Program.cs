using System.Globalization;
using CyclerControl.Benchmarks;
using CyclerControl.Benchmarks.Simulate;
using CyclerControl.Benchmarks.Wire;

// `dotnet run -c Release --project tests/CyclerControl.Benchmarks -- NAME [--json] [--scale 0.01]`: one line for each benchmark here.
var benchmarks = new Dictionary<string, Func<double, Report>>(StringComparer.Ordinal)
{
    ["record"] = RecordBenchmark.Run,
    ["simulate"] = SimulateBenchmark.Run,
    ["simulate-wire"] = SimulateWireBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Which benchmark? {string.Join(", ", benchmarks.Keys.Order(StringComparer.Ordinal))}");
    return 2;
}

var scale = 1.0;
for (var i = 1; i < args.Length; i++)
{
    if (args[i] == "--scale" && i + 1 < args.Length
        && double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out scale) && scale is > 0 and <= 10)
    {
        i++;
    }
    else if (args[i] != "--json")
    {
        Console.Error.WriteLine($"'{args[i]}' is not understood; write NAME [--json] [--scale NUMBER], a number above 0 and at most 10");
        return 2;
    }
}

run(scale).Print(Console.Out, json: args.Contains("--json", StringComparer.Ordinal));
return 0;
