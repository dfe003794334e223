using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Protocols;

/// <summary>Reads the current of a step: a magnitude, since the verb gives the direction.</summary>
internal static class CurrentReader
{
    public static Quantity? Read(ScalarNode scalar, string verb, ProblemList problems)
    {
        var reading = QuantityParser.Parse(scalar.Text, Dimensions.AnyCurrent.AsSpan());
        if (reading.Quantity is not { } current)
        {
            var near = NearName.Find(scalar.Text, ["ramp"]);
            problems.Add(scalar, reading.Message, near is null ? reading.Cure : $"did you mean ramp? {reading.Cure}");
            return null;
        }

        if (current.BaseNumber > 0)
        {
            return current;
        }

        var opposite = verb switch { "charge" => "discharge", "discharge" => "charge", "plate" => "strip", _ => "plate" };
        problems.Add(
            scalar,
            current.BaseNumber == 0 ? "moves nothing" : "carries a sign, and the verb gives the direction",
            current.BaseNumber == 0 ? "write rest: 10 min for a step without current" : $"write {opposite}: {current with { Number = -current.Number }}");
        return null;
    }
}
