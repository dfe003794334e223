using CyclerControl.Benchmarks;
using CyclerControl.Benchmarks.Abort;
using CyclerControl.Benchmarks.Detection;
using CyclerControl.Benchmarks.Peer;
using CyclerControl.Benchmarks.Recovery;
using CyclerControl.Benchmarks.Sampling;
using CyclerControl.Benchmarks.Serving;
using CyclerControl.Benchmarks.Simulate;
using CyclerControl.Benchmarks.Wire;

// `dotnet run -c Release --project tests/CyclerControl.Benchmarks -- NAME [--json] [--scale 0.01]`: one line for each benchmark here.
var benchmarks = new Dictionary<string, Benchmark>(StringComparer.Ordinal)
{
    ["abort"] = new(AbortBenchmark.Run, AbortBenchmark.Options),
    ["abort-adapters"] = new(AdapterAbortBenchmark.Run, AdapterAbortBenchmark.Options),
    ["api"] = new(ApiBenchmark.Run, ApiBenchmark.Options),
    ["detection"] = new(DetectionBenchmark.Run, DetectionBenchmark.Options),
    ["detector"] = new(options => DetectorBenchmark.Run(options["--scale"])),
    ["kill"] = new(KillBenchmark.Run, KillBenchmark.Options),
    ["peer"] = new(PeerBenchmark.Run, PeerBenchmark.Options),
    ["record"] = new(options => RecordBenchmark.Run(options["--scale"])),
    ["recovery"] = new(RecoveryBenchmark.Run, RecoveryBenchmark.Options),
    ["samples"] = new(options => SamplesBenchmark.Run(options["--scale"])),
    ["sampling"] = new(SamplingBenchmark.Run, SamplingBenchmark.Options),
    ["simulate"] = new(options => SimulateBenchmark.Run(options["--scale"])),
    ["simulate-wire"] = new(options => SimulateWireBenchmark.Run(options["--scale"])),
};

if (args is ["trace", var life, ..] && BenchmarkOptions.Parse(args.AsSpan(2), TraceExport.Options, out _) is { } wanted)
{
    if (TraceExport.Write(Console.Out, life, (long)wanted["--seed"], (long)wanted["--index"], wanted["--hours"]))
        return 0;
    Console.Error.WriteLine($"No life is called '{life}'; there are {TraceExport.Names}");
    return 2;
}

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Which benchmark? {string.Join(", ", benchmarks.Keys.Order(StringComparer.Ordinal))}");
    return 2;
}

if (BenchmarkOptions.Parse(args.AsSpan(1), benchmark.Options, out var refusal) is not { } options)
{
    Console.Error.WriteLine(refusal);
    return 2;
}

benchmark.Run(options).Print(Console.Out, options.Json);
return 0;
