using CyclerControl.Benchmarks;

// `dotnet run -c Release --project tests/CyclerControl.Benchmarks -- NAME [--json]`: one line for each benchmark here, one file each beside.
var benchmarks = new Dictionary<string, Func<Report>>(StringComparer.Ordinal)
{
    ["record"] = RecordBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Which benchmark? {string.Join(", ", benchmarks.Keys.Order(StringComparer.Ordinal))}");
    return 2;
}

run().Print(Console.Out, json: args.Contains("--json", StringComparer.Ordinal));
return 0;
