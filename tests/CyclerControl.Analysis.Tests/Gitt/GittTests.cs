using CyclerControl.Analysis.Gitt;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Gitt;

public sealed class GittTests
{
    private const double Tau = 300;
    private const double Volts0 = 3.7;
    private const double IrStep = 0.02;

    private static readonly CellSpec s_spheres = new() { Kind = CellKind.Full, AreaSquareCentimetres = 0.785, ParticleRadiusCentimetres = 5e-4 };

    /// <summary>Dense at first, then every 10 s, as <c>after_change</c> records.</summary>
    private static IEnumerable<double> Dense(double seconds) =>
        Enumerable.Range(1, 100).Select(i => i * 0.1).Concat(Enumerable.Range(2, 1000).Select(i => i * 10.0)).Where(t => t < seconds);

    /// <summary>A pulse whose E follows the concentration at a sphere's surface, 1 V per unit of F r / D, on top of an IR step.</summary>
    private static ScriptedRun Spheres(double ratio, double sign = 1, double ir = IrStep)
    {
        var after = Volts0 + (sign * SphereDiffusion.Mean(ratio));
        return new ScriptedRun { Measure = Measure.Gitt, Cell = s_spheres, Grid = Dense }
            .Rest(1500, Volts0)
            .Current(sign * 1e-4, Tau, t => Volts0 + (sign * (ir + SphereDiffusion.Surface(ratio * Math.Max(t, 0.05) / Tau))))
            .Rest(1500, after);
    }

    [Theory]
    [InlineData(1e-4, 1)]
    [InlineData(1e-4, -1)]
    [InlineData(3e-5, 1)]
    public void Diffusion_AnalyticSphere_IsWithinTwoPercent(double ratio, double sign)
    {
        var pulse = Assert.Single(Spheres(ratio, sign).Report(RunOutcome.Completed).Gitt!.Pulses);
        var planted = ratio * 5e-4 * 5e-4 / Tau;
        Assert.InRange(pulse.DiffusionSquareCentimetresPerSecond!.Value / planted, 0.98, 1.02);
        Assert.True(pulse.Valid);
        Assert.Equal(Tau, pulse.TauSeconds, 9);
        Assert.Equal(sign * 3 * ratio, pulse.SteadyVolts, 12);
        Assert.InRange(pulse.IrVolts!.Value, (sign * IrStep) - 1e-3, (sign * IrStep) + 1e-3);
    }

    [Fact]
    public void Diffusion_PulseTooLong_IsFlagged()
    {
        var report = Spheres(0.01).Report(RunOutcome.Completed);
        Assert.False(report.Gitt!.Pulses[0].Valid);
        Assert.Contains(report.Notes, n => n.Contains("1 of 1 pulses have D tau/r^2 above 0.0001", StringComparison.Ordinal));
    }

    [Fact]
    public void Diffusion_IrStepDoesNotEnter()
    {
        var small = Spheres(1e-4, ir: 0).Report(RunOutcome.Completed).Gitt!.Pulses[0];
        var large = Spheres(1e-4, ir: 0.5).Report(RunOutcome.Completed).Gitt!.Pulses[0];
        Assert.Equal(small.DiffusionSquareCentimetresPerSecond!.Value, large.DiffusionSquareCentimetresPerSecond!.Value, 1e-6 * small.DiffusionSquareCentimetresPerSecond!.Value);
        Assert.Equal(0.5, large.IrVolts!.Value - small.IrVolts!.Value, 9);
    }

    [Fact]
    public void Diffusion_Slab_FollowsWeppnerHuggins()
    {
        // L = m V / (M S) = 0.01 x 20 / (100 x 2) = 1e-3 cm; half-infinite planar diffusion: surface 2 sqrt(D t / pi) / L of the mean change per L.
        const double D = 1e-10;
        const double Length = 1e-3;
        var cell = new CellSpec
        {
            Kind = CellKind.Full,
            AreaSquareCentimetres = 2,
            ActiveMassGrams = 0.01,
            MolarMassGramsPerMole = 100,
            MolarVolumeCubicCentimetresPerMole = 20,
        };
        var run = new ScriptedRun { Measure = Measure.Gitt, Cell = cell, Grid = Dense }
            .Rest(1500, Volts0)
            .Current(1e-4, Tau, t => Volts0 + IrStep + (2 * Math.Sqrt(D * t / Math.PI)))
            .Rest(1500, Volts0 + (D * Tau / Length));
        var result = run.Report(RunOutcome.Completed).Gitt!;
        Assert.False(result.Length!.Spheres);
        Assert.Equal(Length, result.Length.FormulaCentimetres, 12);
        Assert.InRange(result.Pulses[0].DiffusionSquareCentimetresPerSecond!.Value / D, 0.9999, 1.0001);
        Assert.True(result.Pulses[0].Valid);
    }

    [Fact]
    public void Diffusion_MissingQuantities_AreNamed()
    {
        var cell = new CellSpec { Kind = CellKind.Full, AreaSquareCentimetres = 1, MolarMassGramsPerMole = 100 };
        var run = new ScriptedRun { Measure = Measure.Gitt, Cell = cell }.Rest(1500, 3.7).Current(1e-4, 300, _ => 3.8).Rest(1500, 3.71);
        var report = run.Report(RunOutcome.Completed);
        Assert.Equal(["molar_volume", "active_mass"], report.Gitt!.Missing);
        Assert.Null(report.Gitt.Pulses[0].DiffusionSquareCentimetresPerSecond);
        Assert.Equal(0.01, report.Gitt.Pulses[0].SteadyVolts, 12);
    }

    [Fact]
    public void Pulses_CyclesBefore_AreLeftOut()
    {
        var run = new ScriptedRun { Measure = Measure.Gitt, Cell = s_spheres }.Rest(1500, 3);
        run.Current(1e-4, 72000, _ => 4).Rest(1500, 4).Current(-1e-4, 72000, _ => 3).Rest(1500, 3);
        for (var i = 0; i < 5; i++)
        {
            run.Current(1e-4, 300, t => 3.1 + (0.001 * Math.Sqrt(t))).Rest(1500, 3.01 + i);
        }

        var result = run.Report(RunOutcome.Completed).Gitt!;
        Assert.Equal(5, result.Pulses.Count);
        Assert.Equal(2, result.LeftOut);
    }

    [Fact]
    public void Pulses_BlockOnChargeAndBlockOnDischarge_FormationIsNoPulseAndTheCycleIsWhole()
    {
        var run = new ScriptedRun { Measure = Measure.Gitt, Cell = s_spheres }.Rest(600, 3);
        run.Current(1e-4, 900, _ => 4).Rest(600, 4).Current(-1e-4, 900, _ => 3).Rest(600, 3);
        foreach (var (block, sign) in new[] { (5, 1), (8, -1) })
        {
            for (var i = 0; i < 3; i++)
            {
                run.Current(sign * 1e-4, 300, t => 3.1 + (0.001 * Math.Sqrt(t)), l => l with { Block = block, BlockCycle = 1 }).Rest(1500, 3.01 + i, block: block);
            }
        }

        var report = run.Report(RunOutcome.Completed);
        Assert.Equal(6, report.Gitt!.Pulses.Count);
        Assert.All(report.Cycles, c => Assert.True(c.Finished));
        Assert.Equal(2, report.Cycles.Count);
    }

    [Fact]
    public void Rest_StillDrifting_ItsSlopeStandsBesideThePoint()
    {
        var run = new ScriptedRun { Measure = Measure.Gitt, Cell = s_spheres, Grid = Dense }
            .Rest(1500, 3.7).Current(1e-4, 300, _ => 3.8).Rest(1500, trace: t => 3.71 - (1e-6 * t));
        Assert.Equal(-1e-6, run.Report(RunOutcome.Completed).Gitt!.Pulses[0].RestSlopeVoltsPerSecond!.Value, 12);
    }

    [Fact]
    public void Rest_SparseRecord_TheLastTwoRowsGiveTheSlope()
    {
        var run = new ScriptedRun { Measure = Measure.Gitt, Cell = s_spheres, Grid = _ => [1, 600] }
            .Rest(1500, 3.7).Current(1e-4, 300, _ => 3.8).Rest(1500, trace: t => 3.71 - (1e-6 * t));
        Assert.Equal(-1e-6, run.Report(RunOutcome.Completed).Gitt!.Pulses[0].RestSlopeVoltsPerSecond!.Value, 12);
    }

    [Fact]
    public void Length_RadiusAndMolarData_TheRadiusWins()
    {
        var cell = s_spheres with { ActiveMassGrams = 0.01, MolarMassGramsPerMole = 100, MolarVolumeCubicCentimetresPerMole = 20 };
        var (length, _) = DiffusionLength.Of(cell);
        Assert.True(length!.Spheres);
        Assert.Equal(5e-4 / 3, length.FormulaCentimetres, 15);
    }
}
