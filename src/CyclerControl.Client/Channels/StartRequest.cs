namespace CyclerControl.Client.Channels;

/// <summary>What a person decides about a run.</summary>
public sealed record StartRequest
{
    /// <summary>Name of a protocol of the service's library; with <see cref="ProtocolText"/>, the name that messages use.</summary>
    public required string Protocol { get; init; }

    /// <summary>The protocol file itself; null: the one of the library.</summary>
    public string? ProtocolText { get; init; }

    /// <summary>As <c>--cell</c>: <c>area=0.785cm2,id=A17</c>.</summary>
    public string? Cell { get; init; }

    /// <summary>Parameters of the protocol, name to value with unit.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Null: the name of the token that asks.</summary>
    public string? Operator { get; init; }

    /// <summary>Why preflight findings that may be overridden are overridden; null: they are not.</summary>
    public string? OverrideReason { get; init; }
}

/// <summary>A started run.</summary>
/// <param name="Warnings">What the operator should know; the run goes on.</param>
public sealed record StartAnswer(string Channel, string RunId, IReadOnlyList<string> Warnings);

/// <summary>One finding about a planned start.</summary>
/// <param name="Status">pass, warn or fail.</param>
/// <param name="Overridable">A failure that may be set aside for a reason.</param>
public sealed record PreflightFinding(string Name, string Status, string Sentence, bool Overridable);

/// <summary>An operator's wish and why.</summary>
public sealed record WishRequest
{
    public string? Reason { get; init; }

    public string? Operator { get; init; }
}

/// <summary>What became of a wish.</summary>
/// <param name="State">State of the channel just before the wish was handed to its link.</param>
/// <param name="Failure">Why it was not carried out; null: it was handed over.</param>
/// <param name="Effect">What it does on this channel otherwise than elsewhere; null: what it always does.</param>
public sealed record WishAnswer(string Channel, string Wish, string State, string? Failure = null, string? Effect = null);

/// <summary>A remark of an operator, which goes into the run file as an event.</summary>
public sealed record NoteRequest
{
    /// <summary>In words.</summary>
    public required string Text { get; init; }

    /// <summary>Temperature read by hand, degC.</summary>
    public double? Celsius { get; init; }

    /// <summary>Stack pressure read by hand, MPa.</summary>
    public double? PressureMegapascals { get; init; }

    /// <summary>Somebody touched the cell (screws, stack): the detector forgets what it had learnt.</summary>
    public bool Touched { get; init; }

    public string? Operator { get; init; }
}
