namespace CyclerControl.Benchmarks;

/// <summary>A benchmark as the program knows it.</summary>
/// <param name="Run">Measures.</param>
/// <param name="Options">Numbers that it takes besides <c>--scale</c>.</param>
internal sealed record Benchmark(Func<BenchmarkOptions, Report> Run, params BenchmarkOption[] Options);
