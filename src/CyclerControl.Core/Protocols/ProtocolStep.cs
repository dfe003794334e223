using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>One line of the recipe, as written.</summary>
/// <param name="Source">Its place in the file.</param>
/// <param name="Name">What the file calls it; null where it has no name.</param>
/// <param name="Settings">Its own record, sample and limits.</param>
public abstract record ProtocolStep(MappingNode Source, string? Name, StepSettings Settings);

/// <summary>Wait without current.</summary>
public sealed record RestStep(MappingNode Source, string? Name, StepSettings Settings, Amount Duration) : ProtocolStep(Source, Name, Settings);

/// <summary>Constant current: charge, discharge, plate or strip.</summary>
/// <param name="Verb">As written.</param>
/// <param name="Current">|I|; null: the present value of the innermost ramp.</param>
/// <param name="CurrentNode">Where the current stands.</param>
/// <param name="Ends">What ends it.</param>
/// <param name="HoldUntil">The constant-voltage part after the voltage goal; null: none.</param>
public sealed record CurrentStep(
    MappingNode Source, string? Name, StepSettings Settings, string Verb, Amount? Current, ScalarNode CurrentNode, StepEnds Ends, HoldEnds? HoldUntil)
    : ProtocolStep(Source, Name, Settings)
{
    /// <summary>+1 charges (strips), -1 discharges (plates).</summary>
    public int Direction => Verb is "charge" or "strip" ? 1 : -1;
}

/// <summary>Constant voltage.</summary>
/// <param name="AtMost">Ceiling of |I|; null: that of the step which it continues.</param>
public sealed record HoldStep(MappingNode Source, string? Name, StepSettings Settings, Amount Voltage, Amount? AtMost, StepEnds Ends)
    : ProtocolStep(Source, Name, Settings);

/// <summary>Voltage that changes linearly with time.</summary>
/// <param name="From">Where it begins; null: the open-circuit voltage with which the rest before it ended.</param>
/// <param name="FromNode">Where that stands.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Rate">Magnitude.</param>
/// <param name="AtMost">Ceiling of |I|.</param>
public sealed record SweepStep(
    MappingNode Source, string? Name, StepSettings Settings, Amount? From, ScalarNode FromNode, Amount To, Amount Rate, Amount AtMost)
    : ProtocolStep(Source, Name, Settings)
{
    /// <summary>The voltages that are written.</summary>
    public ImmutableArray<Amount> Ends => From is null ? [To] : [From, To];

    public SweepPath Path => new(From?.BaseValue, To.BaseValue, Rate.BaseValue);
}

/// <summary>So many passes.</summary>
/// <param name="Passes">Passes in total; at most, when <paramref name="IsUpTo"/>.</param>
/// <param name="Exhausted">What follows when an <c>up_to</c> loop is used up.</param>
/// <param name="Measure">The measuring block that it is, if any.</param>
public sealed record RepeatLoop(
    MappingNode Source,
    string? Name,
    StepSettings Settings,
    long Passes,
    bool IsUpTo,
    LoopExhausted Exhausted,
    Measure? Measure,
    ImmutableArray<ProtocolStep> Steps)
    : ProtocolStep(Source, Name, Settings);

/// <summary>One pass per current.</summary>
/// <param name="Values">All of one dimension.</param>
/// <param name="IsList">True when the file lists them.</param>
/// <param name="ValuesNode">Where they stand.</param>
public sealed record RampLoop(
    MappingNode Source,
    string? Name,
    StepSettings Settings,
    ImmutableArray<Quantity> Values,
    bool IsList,
    DocumentNode ValuesNode,
    ImmutableArray<ProtocolStep> Steps)
    : ProtocolStep(Source, Name, Settings);

/// <summary>What ends a step; the first wins.</summary>
public sealed record StepEnds(Amount? For, ImmutableArray<StepGoal> Goals, Amount? Within);

/// <summary>One goal of <c>until</c>.</summary>
public sealed record StepGoal(Amount At, GoalKind Kind, GoalThen Then, string? Because);

/// <summary>What ends the constant-voltage part.</summary>
public sealed record HoldEnds(Amount? Current, Amount? Duration, DocumentNode Node);
