using CyclerControl.Simulation.Cells;

namespace CyclerControl.Simulation.Tests.Cells;

public sealed class FullCellTests
{
    private const double OneC = 1.07e-3 * 0.785;

    [Fact]
    public void Diffusion_ConstantFlux_GrowsWithTheRootOfTimeAtFirst()
    {
        const double D = 1e-5;
        var sphere = new SphericalDiffusion(D, 30, 0);
        foreach (var seconds in new[] { 1.0, 10, 100 })
        {
            sphere = new SphericalDiffusion(D, 30, 0);
            sphere.Advance(seconds, 1e-6);
            // c = (flux r / 3D) (2 sqrt(Dt/pi)/r + Dt/r^2): the first two terms for a sphere.
            var expected = 1e-6 / (3 * D) * ((2 * Math.Sqrt(D * seconds / Math.PI)) + (D * seconds));
            Assert.Equal(expected, sphere.Surface(1e-6), 0.02 * expected);
        }
    }

    [Fact]
    public void Diffusion_ConstantFluxForLong_KeepsItsGradientAndConservesLithium()
    {
        var sphere = new SphericalDiffusion(1e-3, 30, 0.1);
        sphere.Advance(5000, 1e-5);
        Assert.Equal(0.1 + 0.05 + (1e-5 / (15 * 1e-3)), sphere.Surface(1e-5), 2e-5);
        sphere.Advance(1e6, 0);
        Assert.Equal(0.15, sphere.Surface(0), 1e-9);
    }

    [Fact]
    public void Diffusion_InSmallSteps_IsTheSameAsInOne()
    {
        var one = new SphericalDiffusion(1e-5, 30, 0.3);
        var many = new SphericalDiffusion(1e-5, 30, 0.3);
        one.Advance(600, 1e-5);
        for (var i = 0; i < 6000; i++)
        {
            many.Advance(0.1, 1e-5);
        }

        Assert.Equal(one.Surface(1e-5), many.Surface(1e-5), 1e-10);
    }

    [Fact]
    public void Curve_IsMonotoneAndPassesItsTable()
    {
        Assert.Equal(3.82, OpenCircuitCurve.Ncm.Volts(0.5, out _), 1e-12);
        var last = double.NegativeInfinity;
        for (var charge = -0.01; charge < 1.02; charge += 0.0005)
        {
            var volts = OpenCircuitCurve.Ncm.Volts(charge, out var slope);
            Assert.True(volts > last && slope > 0);
            var numeric = (OpenCircuitCurve.Ncm.Volts(charge + 1e-7, out _) - OpenCircuitCurve.Ncm.Volts(charge - 1e-7, out _)) / 2e-7;
            if (charge is > 0.0105 and < 0.999)
            {
                Assert.Equal(numeric, slope, 0.02 * slope);
            }

            last = volts;
        }
    }

    [Fact]
    public void ConstantCurrent_HigherRate_GivesLessCapacity()
    {
        var capacities = new[] { 0.05, 0.1, 0.2, 0.5, 1, 2 }.Select(rate =>
        {
            var cell = NamedCells.Make("ncm83125-li", 1, shorts: false);
            Until(cell, 0.05 * OneC, 4.25);
            cell.Hold(3600 * 20, 4.25, -OneC, OneC, out _);
            return Until(cell, -rate * OneC, 2.5);
        }).ToArray();
        Assert.InRange(capacities[0], 0.85 * OneC, 1.1 * OneC);
        for (var i = 1; i < capacities.Length; i++)
        {
            Assert.True(capacities[i] < capacities[i - 1]);
        }

        Assert.True(capacities[^1] > 0.05 * OneC);
    }

    [Fact]
    public void FirstCycle_LosesChargeToTheSideReaction_LaterOnesHardly()
    {
        var cell = NamedCells.Make("ncm83125-li", 1, shorts: false);
        var efficiencies = new List<double>();
        for (var cycle = 0; cycle < 8; cycle++)
        {
            var charge = Until(cell, 0.1 * OneC, 4.25);
            efficiencies.Add(Until(cell, -0.1 * OneC, 2.5) / charge);
        }

        Assert.InRange(efficiencies[0], 0.70, 0.92);
        Assert.InRange(efficiencies[^1], 0.98, 1.0);
    }

    [Fact]
    public void Hold_AtTheCutOff_KeepsTheVoltageWhileTheCurrentDecays()
    {
        var cell = NamedCells.Make("ncm83125-li", 1, shorts: false);
        Until(cell, 0.5 * OneC, 4.25);
        var last = double.PositiveInfinity;
        for (var i = 0; i < 60; i++)
        {
            cell.Hold(60, 4.25, -OneC, OneC, out var amperes);
            Assert.Equal(4.25, cell.Volts(amperes), 1e-5);
            Assert.True(amperes < last && amperes > 0);
            last = amperes;
        }
    }

    /// <summary>Weppner and Huggins 1977, written out here: the planted coefficient must come back from voltages alone.</summary>
    [Fact]
    public void Gitt_FiveMinutePulses_ReturnsThePlantedDiffusionCoefficient()
    {
        var cell = NamedCells.Make("ncm83125-li", 1, shorts: false);
        Until(cell, 0.05 * OneC, 4.25);
        Until(cell, -0.05 * OneC, 2.5);
        cell.Advance(36_000, 0);
        var planted = ((FullCellChemistry)cell.Chemistry).Parameters;
        var third = planted.ParticleRadiusMicrometres * 1e-4 / 3;
        var found = new List<double>();
        var amperes = 0.05 * OneC;
        var rest = cell.Volts(0);
        for (var pulse = 0; pulse < 200; pulse++)
        {
            cell.Advance(10, amperes);
            var early = cell.Volts(amperes);
            cell.Advance(290, amperes);
            var transient = (cell.Volts(amperes) - early) / (Math.Sqrt(300) - Math.Sqrt(10)) * Math.Sqrt(300);
            cell.Advance(1500, 0);
            var step = cell.Volts(0) - rest;
            rest = cell.Volts(0);
            if (rest is > 3.7 and < 4.15)
            {
                found.Add(4 / (Math.PI * 300) * third * third * step * step / (transient * transient));
            }
        }

        var median = Shorts.CriticalCurrent.Median(found);
        Assert.InRange(median, 0.8 * planted.DiffusionSquareCentimetresPerSecond, 1.2 * planted.DiffusionSquareCentimetresPerSecond);
    }

    /// <summary>Charge passed until the voltage is reached, Ah.</summary>
    private static double Until(SimulatedCell cell, double amperes, double volts)
    {
        var seconds = 0.0;
        var step = 1.5e-3 / Math.Abs(amperes);
        while (amperes > 0 ? cell.Volts(amperes) < volts : cell.Volts(amperes) > volts)
        {
            cell.Advance(step, amperes);
            seconds += step;
        }

        return seconds * Math.Abs(amperes) / 3600;
    }
}
