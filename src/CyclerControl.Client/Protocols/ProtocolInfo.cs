namespace CyclerControl.Client.Protocols;

/// <summary>One protocol of the service's library.</summary>
/// <param name="Version">Number of the upload; 0: as it was shipped.</param>
/// <param name="Text">The file; null in lists.</param>
public sealed record ProtocolInfo(string Name, int Version, string? Text);

/// <summary>A protocol file to be kept, checked or foreseen.</summary>
public sealed record ProtocolText
{
    /// <summary>Name for messages; when it is kept, the name in the address counts.</summary>
    public string? Name { get; init; }

    public required string Text { get; init; }

    /// <summary>As <c>--cell</c>; for a preview.</summary>
    public string? Cell { get; init; }

    /// <summary>Parameters, name to value with unit; for a preview.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }
}

/// <summary>Whether a protocol is valid, with all problems.</summary>
public sealed record ValidationAnswer(bool Valid, IReadOnlyList<string> Problems);

/// <summary>What is to be expected of a run.</summary>
/// <param name="Certainty">planned, estimated or atleast.</param>
public sealed record PreviewAnswer(
    double DurationSeconds,
    double ChargedAmpHours,
    double DischargedAmpHours,
    double Records,
    double Samples,
    string Certainty,
    IReadOnlyList<PreviewPiece> Segments);

/// <summary>A stretch of the expected current profile.</summary>
public sealed record PreviewPiece(double StartSeconds, double? DurationSeconds, double? Amperes, string Path, string What, long? Passes);
