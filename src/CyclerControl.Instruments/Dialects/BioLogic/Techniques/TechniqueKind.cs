namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>The techniques that we use; the value is the vendor's number of each.</summary>
internal enum TechniqueKind
{
    /// <summary>Open circuit.</summary>
    Ocv = 100,

    /// <summary>Constant voltage.</summary>
    Ca = 101,

    /// <summary>Constant current.</summary>
    Cp = 102,

    /// <summary>Back to an earlier technique.</summary>
    Loop = 150,

    /// <summary>Constant current with tests.</summary>
    CpLimit = 155,

    /// <summary>Constant voltage with tests.</summary>
    CaLimit = 157,
}

/// <summary>Names of the technique files.</summary>
internal static class TechniqueFiles
{
    public static string NameOf(TechniqueKind kind) => kind switch
    {
        TechniqueKind.Ocv => "ocv",
        TechniqueKind.Ca => "ca",
        TechniqueKind.Cp => "cp",
        TechniqueKind.Loop => "loop",
        TechniqueKind.CpLimit => "cplimit",
        _ => "calimit",
    };
}
