using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Quantities;

public sealed class CellSpecTests
{
    [Fact]
    public void Resolve_TextOfTheCommandLine_GivesInsideUnits()
    {
        var cell = Resolve("area=0.785cm2,kind=half, one_c=1.3 mA/cm2,composite_mass=10mg,active_fraction=75%,bulk_resistance=78.5 ohm cm2,thickness=1mm,notes=a, b", "", out var problems);

        Assert.Empty(problems);
        Assert.Equal((CellKind.Half, 0.785, "a, b"), (cell.Kind!.Value, cell.AreaSquareCentimetres!.Value, cell.Notes));
        Assert.Equal(1.0205e-3, cell.OneCAmperes!.Value, 1e-12);
        Assert.Equal(7.5e-3, cell.ActiveMassGrams!.Value, 1e-12);
        Assert.Equal(100, cell.BulkResistanceOhms!.Value, 1e-9);
        Assert.Equal(0.1, cell.ThicknessCentimetres!.Value, 1e-12);
    }

    [Fact]
    public void Resolve_StartOverProtocol_TheStartWins()
    {
        var cell = Resolve("area=1.13cm2,composite_mass=20mg,active_fraction=50%", "area: 0.785 cm2\nkind: full\nactive_mass: 3 mg\n", out var problems);

        Assert.Empty(problems);
        Assert.Equal((1.13, 0.01, CellKind.Full), (cell.AreaSquareCentimetres!.Value, cell.ActiveMassGrams!.Value, cell.Kind!.Value));
    }

    [Theory]
    [InlineData("area=1cm2,one_c=1mA,nominal_capacity=1.02mAh", null)]
    [InlineData("area=1cm2,one_c=1mA,nominal_capacity=1.03mAh", "--cell:1:17: one_c: '1mA' (1 mA) and nominal_capacity (1.03 mAh) are more than 2 % apart")]
    [InlineData("one_c=1mA/cm2", "--cell:1:7: one_c: '1mA/cm2' needs the cell's area, and nobody gave it; write --cell area=0.785cm2")]
    [InlineData("nominal_capacity=200mAh/g", "--cell:1:18: nominal_capacity: '200mAh/g' needs the cell's active_mass, and nobody gave it")]
    [InlineData("active_mass=5mg,composite_mass=10mg,active_fraction=75%", "--cell:1:13: active_mass: '5mg' and composite_mass x active_fraction (7.5 mg) are more than 2 % apart")]
    [InlineData("aera=1cm2", "--cell:1:1: aera: 'aera' is nothing that can be said about a cell; did you mean area?")]
    [InlineData("area=1", "--cell:1:6: area: '1' has no unit; 1 what? write 1 cm2")]
    [InlineData("area=0,785cm2", "--cell:1:6: area: '0' has no unit")]
    [InlineData("area=-1cm2", "--cell:1:6: area: '-1cm2' must be above 0")]
    [InlineData("area=ask", "--cell:1:6: area: 'ask' is no value")]
    [InlineData("area=1cm2,area=2cm2", "--cell:1:16: area: '2cm2' is a second value of the same key")]
    [InlineData("active_fraction=120%", "--cell:1:17: active_fraction: '120%' cannot be; use up to 100 %")]
    [InlineData("kind=button", "--cell:1:6: kind: 'button' is not one of the words for this; write symmetric | half | full")]
    public void Resolve_Contradictions_AreNamedWithTheirPlace(string start, string? expected)
    {
        _ = Resolve(start, "", out var problems);
        if (expected is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.StartsWith(expected, problems[0].ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0.1 mA/cm2", 0.0000785)]
    [InlineData("170 mA/g", 0.00085)]
    [InlineData("C/20", 0.00005)]
    [InlineData("2 mA", 0.002)]
    [InlineData("2 mAh/cm2", 0.00157)]
    public void CellAmounts_OnACell_AreAmperesAndAmpHours(string text, double expected)
    {
        var cell = new CellSpec { AreaSquareCentimetres = 0.785, ActiveMassGrams = 0.005, NominalAmpHours = 0.001 };
        Assert.Equal(expected, CellAmounts.Resolve(QuantityParser.Require(text), cell).Value!.Value, 1e-15);
    }

    private static CellSpec Resolve(string start, string protocol, out IReadOnlyList<Problem> problems)
    {
        var startProblems = new ProblemList(CellSpecReader.CommandLine);
        var given = CellSpecReader.FromText(start, startProblems);
        var fileProblems = new ProblemList("p.yaml");
        var defaults = protocol.Length == 0
            ? CellGiven.Nothing
            : CellSpecReader.FromMapping(DocumentReader.Read("p.yaml", protocol, fileProblems)!, fileProblems);
        var all = new List<Problem>([.. startProblems.Items, .. fileProblems.Items]);
        var cell = CellResolver.Resolve(given.Over(defaults), all);
        problems = all;
        return cell;
    }
}
