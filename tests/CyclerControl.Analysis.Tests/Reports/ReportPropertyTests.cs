using CyclerControl.Core.Detection;
using CyclerControl.Core.Quantities;
using CyclerControl.Core.Runs;

namespace CyclerControl.Analysis.Tests.Reports;

public sealed class ReportPropertyTests
{
    /// <summary>A random CCD run: 2 to 9 levels, random resistances, times and grids, a short in a random half-cycle of the last level.</summary>
    private static ScriptedRun Random(int seed, double area, int flip)
    {
        var random = new Random(seed);
        var run = new ScriptedRun
        {
            Cell = new CellSpec { Kind = CellKind.Symmetric, AreaSquareCentimetres = area },
            Grid = seconds => Enumerable.Range(0, 20).Select(i => 1 + (seconds * ((i * 37 % 20) + (0.3 * (i % 3))) / 20)),
        };
        run.Rest(600, flip * 0.001);
        var levels = random.Next(2, 10);
        for (var i = 0; i < levels; i++)
        {
            var amperes = 1e-4 * (i + 1);
            var slope = random.NextDouble() * 1e-5;
            var ohms = 50 + (50 * random.NextDouble());
            var last = i == levels - 1;
            foreach (var sign in last && random.Next(2) == 0 ? new[] { -1 } : [-1, 1])
            {
                var shorted = last && (sign > 0 || random.Next(2) == 0);
                var signed = sign * flip * amperes;
                run.Current(signed, 3600, t => (signed * ohms) + (Math.Sign(signed) * slope * t), l => l with
                {
                    RampPass = i,
                    Path = $"steps[1].steps[{(sign < 0 ? 0 : 1)}]",
                    StepId = sign < 0 ? 2 : 3,
                    End = shorted ? StepEnd.ShortCircuit : StepEnd.Time,
                });
                if (shorted)
                {
                    return run.Detect(DetectionKind.HardShort);
                }
            }
        }

        return run.Detect(DetectionKind.HardShort);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Report_AreaScaled_DensitiesFallAndResistancesRise(int seed)
    {
        var one = Random(seed, 0.785, 1).Report(RunOutcome.ShortFound);
        var three = Random(seed, 3 * 0.785, 1).Report(RunOutcome.ShortFound);
        Assert.Equal(one.Ccd!.Verdict, three.Ccd!.Verdict);
        Assert.Equal(one.ArealCapacity(one.PlatedAmpHours)!.Value, 3 * three.ArealCapacity(three.PlatedAmpHours)!.Value, 9);
        foreach (var (a, b) in one.Levels.Zip(three.Levels))
        {
            Assert.Equal(one.Density(a.Amperes)!.Value, 3 * three.Density(b.Amperes)!.Value, 9);
            Assert.Equal(a.MeanVolts, b.MeanVolts);
            Assert.Equal((one.AsrOhmSquareCentimetres(a) ?? 0) * 3, three.AsrOhmSquareCentimetres(b) ?? 0, 6);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Report_SignsExchanged_SameLevelsAndVerdict(int seed)
    {
        var one = Random(seed, 0.785, 1).Report(RunOutcome.ShortFound);
        var other = Random(seed, 0.785, -1).Report(RunOutcome.ShortFound);
        Assert.Equal(one.Ccd!.Verdict, other.Ccd!.Verdict);
        Assert.Equal(one.Short!.HalfCycleAmpHours!.Value, other.Short!.HalfCycleAmpHours!.Value, 12);
        Assert.Equal(one.Totals.ChargingAmpHours, other.Totals.DischargingAmpHours, 12);
        foreach (var (a, b) in one.Levels.Zip(other.Levels))
        {
            Assert.Equal(a.MeanVolts ?? 0, b.MeanVolts ?? 0, 12);
            Assert.Equal(a.PlateVolts ?? 0, b.StripVolts ?? 0, 12);
            Assert.Equal(a.ArcingIndex ?? 0, b.ArcingIndex ?? 0, 9);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ccd_AnyRun_IsALevelBelowTheShort(int seed)
    {
        var report = Random(seed, 0.785, 1).Report(RunOutcome.ShortFound);
        var verdict = report.Ccd!.Verdict;
        Assert.True(verdict.Amperes < verdict.AtAmperes);
        Assert.Contains(report.Levels, l => l.Amperes == verdict.Amperes && l.AllFinished);
    }
}
