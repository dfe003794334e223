using System.Globalization;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>What a test of a technique looks at; the value is what it adds to the configuration word.</summary>
internal enum LimitVariable
{
    /// <summary>V.</summary>
    Voltage = 0,

    /// <summary>A.</summary>
    Current = 3 << 5,
}

/// <summary>What a test that comes true means.</summary>
internal enum LimitMeaning : byte
{
    /// <summary>A goal of the protocol: the next step.</summary>
    Goal,

    /// <summary>A goal of the protocol that ends the run.</summary>
    LastGoal,

    /// <summary>A limit of the protocol.</summary>
    Limit,

    /// <summary>Rule 1 of the detector.</summary>
    Short,
}

/// <summary>One of the three tests of a limited technique. Any that is true ends the step.</summary>
/// <param name="IsAbove">True: when the variable is above the value; false: below.</param>
/// <param name="Value">V or A.</param>
internal sealed record LimitTest(LimitVariable Variable, bool IsAbove, double Value, LimitMeaning Meaning)
{
    private const int Active = 1;
    private const int Joined = 1 << 1;
    private const int Above = 1 << 2;

    /// <summary>So near to its value a reading counts as past it: the row that ended a step need not lie beyond.</summary>
    private const double Near = 0.002;

    /// <summary>True only together with the other test that says so.</summary>
    public bool IsJoined { get; init; }

    /// <summary>The configuration word: bit 0 active, bit 1 and, bits 2-4 comparison, bits 5 and up variable.</summary>
    public int Word => Active | (IsJoined ? Joined : 0) | (IsAbove ? Above : 0) | (int)Variable;

    /// <summary>Whether a row that was read back has reached it, with some tolerance for what the row does not show.</summary>
    public bool IsReached(double volts, double amperes)
    {
        var value = Variable == LimitVariable.Voltage ? volts : amperes;
        var tolerance = Near * Math.Abs(Value) + (Variable == LimitVariable.Voltage ? 1e-4 : 0);
        return IsAbove ? value >= Value - tolerance : value <= Value + tolerance;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Variable == LimitVariable.Voltage ? "E" : "I")} {(IsAbove ? ">" : "<")} {Value:G6} {(Variable == LimitVariable.Voltage ? "V" : "A")}");
}

/// <summary>Where a limited technique goes when a test comes true.</summary>
internal enum ExitCondition
{
    NextStep = 0,
    NextTechnique = 1,
    Stop = 2,
}
