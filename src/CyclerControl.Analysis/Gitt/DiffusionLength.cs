using CyclerControl.Core.Quantities;

namespace CyclerControl.Analysis.Gitt;

/// <summary>The length in the Weppner-Huggins formula, and how far the formula reaches.</summary>
/// <param name="FormulaCentimetres">r/3 for spheres, molar volume x mass / (molar mass x area) for a slab, cm.</param>
/// <param name="CheckCentimetres">r for spheres, the slab's own length otherwise, cm.</param>
/// <param name="LargestRatio">D tau / length^2 up to which the formula is within 2 %.</param>
public sealed record DiffusionLength(bool Spheres, double FormulaCentimetres, double CheckCentimetres, double LargestRatio)
{
    private const double SphereLimit = 1e-4;

    /// <summary>A slab follows the square root until the diffusion has crossed it; there the error is still below 0.01 %.</summary>
    private const double SlabLimit = 0.1;

    /// <summary>Spheres where the radius is known, else the slab of the paper, else what is missing by the names of the cell's keys.</summary>
    public static (DiffusionLength? Length, IReadOnlyList<string> Missing) Of(CellSpec cell)
    {
        if (cell.ParticleRadiusCentimetres is { } radius && radius > 0)
        {
            return (new DiffusionLength(true, radius / 3, radius, SphereLimit), []);
        }

        var missing = new List<string>();
        var molarVolume = Known(cell.MolarVolumeCubicCentimetresPerMole, "molar_volume", missing);
        var molarMass = Known(cell.MolarMassGramsPerMole, "molar_mass", missing);
        var mass = Known(cell.ActiveMassGrams, "active_mass", missing);
        var area = Known(cell.AreaSquareCentimetres, "area", missing);
        if (missing.Count > 0)
        {
            return (null, missing);
        }

        var length = mass * molarVolume / (molarMass * area);
        return (new DiffusionLength(false, length, length, SlabLimit), []);
    }

    /// <summary>Weppner and Huggins, J. Electrochem. Soc. 124 (1977) 1569: D = 4/(pi tau) L^2 (dE_s/dE_t)^2, cm2/s.</summary>
    public double Diffusivity(double tauSeconds, double steadyVolts, double transientVolts)
    {
        var ratio = FormulaCentimetres * steadyVolts / transientVolts;
        return 4 / (Math.PI * tauSeconds) * ratio * ratio;
    }

    private static double Known(double? value, string name, List<string> missing)
    {
        if (value is { } known && known > 0)
        {
            return known;
        }

        missing.Add(name);
        return 0;
    }
}
