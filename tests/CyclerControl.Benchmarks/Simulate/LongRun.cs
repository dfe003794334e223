using System.Collections.Immutable;
using System.Globalization;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Benchmarks.Simulate;

/// <summary>The shipped plating / stripping protocol for 1,000 h, with one record a second.</summary>
internal sealed record LongRun(string Text, ImmutableDictionary<string, string> Parameters, RunProgram Program)
{
    private const int Cycles = 500;
    private const string ShippedRule = "record: { every: 10 s, on_change: { voltage: 1 mV } }";

    public static LongRun Compile(double scale, ChannelCapabilities channel)
    {
        var path = Path.Combine(RepositoryRoot(), "protocols", "plating-stripping-1h.yaml");
        var shipped = File.ReadAllText(path);
        if (!shipped.Contains(ShippedRule, StringComparison.Ordinal))
            throw new InvalidOperationException($"{path}: expected '{ShippedRule}', which the benchmark replaces");
        var text = shipped.Replace(ShippedRule, "record: { every: 1 s }", StringComparison.Ordinal);
        var cycles = Math.Max(1, (int)Math.Round(scale * Cycles)).ToString(CultureInfo.InvariantCulture);
        var parameters = ImmutableDictionary<string, string>.Empty.Add("cycles", cycles);
        var reading = ProtocolReader.Read(path, text);
        var problems = new ProblemList(CellSpecReader.CommandLine);
        var cell = CellSpecReader.FromText("area=0.785cm2", problems);
        var compiled = reading.Definition is { } definition ? RunProgramCompiler.Compile(definition, cell, parameters, channel) : null;
        return compiled?.Program is { } program
            ? new LongRun(text, parameters, program)
            : throw new InvalidOperationException(string.Join('\n', [.. reading.Problems, .. problems.Items, .. compiled?.Problems ?? []]));
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "protocols")) && Directory.Exists(Path.Combine(folder.FullName, "src")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no repository above {AppContext.BaseDirectory}");
    }
}
