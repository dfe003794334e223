using System.Text.RegularExpressions;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Protocols;

public sealed class ProtocolReadmeTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(ShippedFiles.Folder, "README.md"));

    [Fact]
    public void Readme_ListsEveryShippedFile() =>
        Assert.All(ShippedFiles.Names, name => Assert.Contains($"| `{name}` |", s_text, StringComparison.Ordinal));

    [Fact]
    public void Readme_NamesEveryUnitAndEveryKeyOfACell()
    {
        Assert.All(Unit.All.Where(u => u.Symbol is not ("1" or "C")), u => Assert.Matches($@"[` ]{Regex.Escape(u.Symbol)}[` ]", s_text));
        Assert.All(CellKeys.Names, key => Assert.Matches($@"[`\s]{key}[,`]", s_text));
    }

    [Fact]
    public void Readme_ExampleOfSteps_IsValid()
    {
        var start = s_text.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        var steps = s_text[start..s_text.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Equal("", string.Join('\n', ProtocolReader.Read("p.yaml", "protocol: p\nversion: 1\n" + steps).Problems));
    }
}
