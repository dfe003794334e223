namespace CyclerControl.Core.Detection;

/// <summary>The words of kinds and severities in everything that leaves us: run files, reports, the API, the command line.</summary>
public static class DetectionWords
{
    private static readonly string[] s_kinds =
    [
        "hard_short", "soft_short", "telegraph_short", "ohmic_floor_short", "full_cell_short",
        "polarity_asymmetry", "noise", "contact_loss", "polarisation_runaway", "not_observable",
    ];

    private static readonly string[] s_severities = ["warn", "suspect", "abort"];

    /// <summary>The word of a kind.</summary>
    public static string Of(DetectionKind kind) => s_kinds[(int)kind];

    /// <summary>The word of a severity.</summary>
    public static string Of(DetectionSeverity severity) => s_severities[(int)severity];

    /// <summary>True for the kinds whose word ends in <c>_short</c>: current that goes through metal. Only they may abort a run.</summary>
    public static bool IsShort(DetectionKind kind) => kind <= DetectionKind.FullCellShort;
}
