using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Cli.Composition;

/// <summary>`--cell` where there is no protocol to complete it.</summary>
internal static class GivenCell
{
    public static CellSpec Read(string? text, List<Problem> problems)
    {
        if (text is null)
        {
            return new CellSpec();
        }

        var found = new ProblemList(CellSpecReader.CommandLine);
        var given = CellSpecReader.FromText(text, found);
        problems.AddRange(found.Items);
        return CellResolver.Resolve(given, problems);
    }

    /// <summary>What the user says goes before what a file says; of what the detector uses.</summary>
    public static CellSpec Over(CellSpec given, CellSpec file) => file with
    {
        Kind = given.Kind ?? file.Kind,
        AreaSquareCentimetres = given.AreaSquareCentimetres ?? file.AreaSquareCentimetres,
        ThicknessCentimetres = given.ThicknessCentimetres ?? file.ThicknessCentimetres,
        ConductivitySiemensPerCentimetre = given.ConductivitySiemensPerCentimetre ?? file.ConductivitySiemensPerCentimetre,
        BulkResistanceOhms = given.BulkResistanceOhms ?? file.BulkResistanceOhms,
        TemperatureCelsius = given.TemperatureCelsius ?? file.TemperatureCelsius,
        OneCAmperes = given.OneCAmperes ?? file.OneCAmperes,
        NominalAmpHours = given.NominalAmpHours ?? file.NominalAmpHours,
        WorkingLithiumAmpHours = given.WorkingLithiumAmpHours ?? file.WorkingLithiumAmpHours,
        CounterLithiumAmpHours = given.CounterLithiumAmpHours ?? file.CounterLithiumAmpHours,
    };
}
