using CyclerControl.Core.Detection.Models;
using CyclerControl.Core.Detection.Rules;

namespace CyclerControl.Core.Tests.Detection.Models;

public sealed class FullCellErrorTests
{
    [Fact]
    public void FullCellError_RestBefore_CountsThirtyPercentOfThePolarisation()
    {
        var error = new FullCellError(new FullCellSettings());
        error.Rest(3.6);
        error.BeginCurrent();
        error.Settle(3.65);

        Assert.Equal((5e-3 + 0.3 * 0.05) / 5, error.SigmaVolts(0, 10, 0), 9);
    }

    [Fact]
    public void FullCellError_NoRestBefore_TakesTheLargestPolarisation()
    {
        var error = new FullCellError(new FullCellSettings());
        error.BeginCurrent();
        error.Settle(3.65);

        Assert.Equal((5e-3 + 0.3 * 0.2) / 5, error.SigmaVolts(0, 10, 0), 9);
    }

    [Fact]
    public void FullCellError_SteepCurve_CountsWhatTheModelLags()
    {
        var error = new FullCellError(new FullCellSettings());

        Assert.Equal(10 * 0.01 / 5, error.SigmaVolts(-0.01, 10, 0) - error.SigmaVolts(0, 10, 0), 9);
    }
}
