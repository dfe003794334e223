using System.Globalization;

namespace CyclerControl.Benchmarks;

/// <summary>One number that a benchmark takes on its command line.</summary>
/// <param name="Name">With its dashes: <c>--channels</c>.</param>
internal sealed record BenchmarkOption(string Name, double Default, double Least, double Most)
{
    /// <summary>No number follows it: 1 where it stands, else 0.</summary>
    public bool IsFlag { get; private init; }

    public static BenchmarkOption Flag(string name) => new(name, 0, 0, 1) { IsFlag = true };
}

/// <summary>What the command line says, with the defaults for what it does not.</summary>
internal sealed class BenchmarkOptions
{
    /// <summary>Every benchmark has it: the fraction of the work to do.</summary>
    public static readonly BenchmarkOption Scale = new("--scale", 1, 1e-6, 10);

    private readonly Dictionary<string, double> values;

    private BenchmarkOptions(Dictionary<string, double> values) => this.values = values;

    /// <exception cref="KeyNotFoundException">The benchmark did not declare it.</exception>
    public double this[string name] => values[name];

    public bool Json { get; private init; }

    /// <param name="arguments">What follows the benchmark's name.</param>
    /// <param name="known">What the benchmark declares.</param>
    /// <param name="refusal">All that is wrong, one a line; empty if nothing is.</param>
    /// <returns>Null if anything is wrong.</returns>
    public static BenchmarkOptions? Parse(ReadOnlySpan<string> arguments, IReadOnlyCollection<BenchmarkOption> known, out string refusal)
    {
        var numbers = known.Append(Scale).ToDictionary(option => option.Name, option => option.Default, StringComparer.Ordinal);
        var problems = new List<string>();
        var json = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name == "--json")
            {
                json = true;
            }
            else if (known.Append(Scale).FirstOrDefault(option => option.Name == name) is not { } option)
            {
                problems.Add($"'{name}' is not understood; write {Usage(known)}");
            }
            else if (option.IsFlag)
            {
                numbers[name] = 1;
            }
            else if (++i < arguments.Length
                && double.TryParse(arguments[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && value >= option.Least && value <= option.Most)
            {
                numbers[name] = value;
            }
            else
            {
                var found = i < arguments.Length ? $"'{arguments[i]}'" : "nothing";
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} needs a number from {option.Least:G} to {option.Most:G}, found {found}"));
            }
        }

        refusal = string.Join(Environment.NewLine, problems);
        return problems.Count == 0 ? new BenchmarkOptions(numbers) { Json = json } : null;
    }

    private static string Usage(IReadOnlyCollection<BenchmarkOption> known) =>
        "NAME [--json]" + string.Concat(known.Append(Scale).Select(option => option.IsFlag ? $" [{option.Name}]" : $" [{option.Name} NUMBER]"));
}
