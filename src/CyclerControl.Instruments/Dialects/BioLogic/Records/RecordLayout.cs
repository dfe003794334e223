using CyclerControl.Instruments.Dialects.BioLogic.Techniques;

namespace CyclerControl.Instruments.Dialects.BioLogic.Records;

/// <summary>Where the numbers of a row stand. Words 0 and 1 are the time.</summary>
/// <param name="Columns">Words that it has at least.</param>
/// <param name="Volts">Word of the voltage.</param>
/// <param name="Amperes">Word of the current; null: none flows.</param>
internal readonly record struct RecordLayout(int Columns, int Volts, int? Amperes)
{
    /// <summary>Chosen by technique, process and family, never by the number of columns alone; null: we don't know such rows.</summary>
    public static RecordLayout? Of(int techniqueId, int processIndex, EcLabFamily family) => ((TechniqueKind)techniqueId, processIndex, family) switch
    {
        (TechniqueKind.Ocv, 0, EcLabFamily.Vmp3) => new(4, 2, null),
        (TechniqueKind.Ocv, 0, EcLabFamily.Sp300) => new(3, 2, null),
        (TechniqueKind.Ca or TechniqueKind.Cp or TechniqueKind.CpLimit or TechniqueKind.CaLimit, 0, _) => new(5, 2, 3),
        _ => null,
    };
}
