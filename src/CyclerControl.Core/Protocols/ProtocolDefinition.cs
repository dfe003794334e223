using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Core.Protocols;

/// <summary>A protocol file as it was read: quantities as written, every value with its place. Immutable; not yet resolved against a cell.</summary>
public sealed record ProtocolDefinition
{
    /// <summary>File name as the user gave it.</summary>
    public required string File { get; init; }

    /// <summary>The file's tree: read again when parameters are overridden.</summary>
    public required MappingNode Source { get; init; }

    public required string Name { get; init; }

    public required int Version { get; init; }

    public string? About { get; init; }

    public required Measure Measure { get; init; }

    /// <summary>What the file says about the cell; <c>ask</c> included.</summary>
    public required CellGiven Cell { get; init; }

    /// <summary>Record, sample and limits of the whole protocol; steps may override them.</summary>
    public required StepSettings Settings { get; init; }

    public required ShortCircuitPolicy ShortCircuit { get; init; }

    public required ResumePolicy OnRestart { get; init; }

    public required ResumePolicy OnLinkLoss { get; init; }

    /// <summary>Parameters with the values in force, overrides applied.</summary>
    public required ImmutableArray<ProtocolParameter> Parameters { get; init; }

    public required ImmutableArray<ProtocolStep> Steps { get; init; }
}

/// <summary>One parameter.</summary>
/// <param name="Value">The text in force.</param>
/// <param name="Default">The text of the file.</param>
public sealed record ProtocolParameter(string Name, string Value, string Default);

/// <summary>A quantity and where it stands.</summary>
public sealed record Amount(Quantity Quantity, ScalarNode Node)
{
    /// <summary>In the inside unit of its dimension.</summary>
    public double BaseValue => Quantity.BaseValue;

    public override string ToString() => Quantity.ToString();
}

/// <summary>The <c>record</c>, <c>sample</c> and <c>limits</c> of a protocol or a step; null where it says nothing.</summary>
public sealed record StepSettings(RecordSettings? Record, SampleSettings? Sample, LimitSettings? Limits)
{
    public static readonly StepSettings None = new(null, null, null);

    /// <summary>These over those of the loop or protocol around: <c>record</c> and <c>sample</c> replace, <c>limits</c> replace bound by bound.</summary>
    public StepSettings Over(StepSettings outer) => new(
        Record ?? outer.Record,
        Sample ?? outer.Sample,
        Limits is null ? outer.Limits : outer.Limits is null ? Limits : Limits.Over(outer.Limits));
}

/// <summary>Which samples are recorded besides every step boundary.</summary>
public sealed record RecordSettings(Amount? Every, Amount? OnVoltageChange, Amount? OnCurrentChange, Amount? AfterChangeEvery, Amount? AfterChangeFor);

/// <summary>How often the detector looks.</summary>
public sealed record SampleSettings(Amount? Every, bool IsRequired);

/// <summary>Bounds whose breach trips the run.</summary>
public sealed record LimitSettings(
    Amount? MinVoltage, Amount? MaxVoltage, Amount? VoltageLongerThan, Amount? MaxCurrent, Amount? Deviation, Amount? CurrentLongerThan)
{
    public LimitSettings Over(LimitSettings outer) => new(
        MinVoltage ?? outer.MinVoltage,
        MaxVoltage ?? outer.MaxVoltage,
        VoltageLongerThan ?? outer.VoltageLongerThan,
        MaxCurrent ?? outer.MaxCurrent,
        Deviation ?? outer.Deviation,
        CurrentLongerThan ?? outer.CurrentLongerThan);
}
