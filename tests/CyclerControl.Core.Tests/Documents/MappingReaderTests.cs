using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Documents;

public sealed class MappingReaderTests
{
    private static readonly KeyList s_inner = new("a link", DocumentKey.Required("host", Shapes.Text, "Host."));

    private static readonly KeyList s_keys = new(
        "a test",
        DocumentKey.Required("name", Shapes.Text, "Name."),
        DocumentKey.Required("every", Shapes.Duration, "Period."),
        DocumentKey.Optional("cut_off", Shapes.Quantity(Dimension.Voltage), "Voltage."),
        DocumentKey.Optional("count", Shapes.Whole(1, 10), "Count."),
        DocumentKey.Optional("loud", Shapes.Boolean, "Flag."),
        DocumentKey.Optional("mode", Shapes.Choice("abort", "report"), "Mode."),
        DocumentKey.Optional("link", Shapes.Keys(s_inner), "Link."),
        DocumentKey.Optional("words", Shapes.List(Shapes.Text), "Words."),
        DocumentKey.Optional("links", Shapes.List(Shapes.Keys(s_inner)), "Links."));

    [Fact]
    public void MappingReader_RightValues_AreRead()
    {
        var reader = Reader("name: x\nevery: 1 h 30 min\ncut_off: -50 mV\ncount: 3\nloud: true\nmode: report\nlink: { host: h }\nwords: [a, b]\nlinks: [{ host: i }]\n");

        Assert.Equal("x", reader.Text("name"));
        Assert.Equal(5400, reader.Seconds("every"));
        Assert.Equal(-0.05, reader.Quantity("cut_off")!.Value.BaseValue);
        Assert.Equal(3, reader.WholeNumber("count"));
        Assert.True(reader.Boolean("loud"));
        Assert.Equal("report", reader.Choice("mode"));
        Assert.Equal("h", reader.Mapping("link")!.Text("host"));
        Assert.Equal("a b", string.Join(' ', reader.Texts("words")!.Value));
        Assert.Equal("i", reader.Mappings("links")!.Value[0].Text("host"));
        reader.Finish();
        Assert.Equal(0, reader.Problems.Count);
    }

    [Fact]
    public void MappingReader_ManyMistakes_AreAllToldInTheOrderOfTheFile()
    {
        var reader = Reader("evry: 10 s\ncut_off: 3\ncount: 11\nloud: \"true\"\nmode: abrot\nlink: 5\nwords: []\n");
        _ = reader.Seconds("every");
        _ = reader.Quantity("cut_off");
        _ = reader.WholeNumber("count");
        _ = reader.Boolean("loud");
        _ = reader.Choice("mode");
        _ = reader.Mapping("link");
        _ = reader.Texts("words");
        reader.Finish();

        var lines = reader.Problems.Items.Select(p => p.ToString()).ToList();
        Assert.Equal(9, lines.Count);
        Assert.StartsWith("t.yaml:1:1: evry: 'evry' is an unknown key; did you mean every?", lines[0], StringComparison.Ordinal);
        Assert.Equal("t.yaml:1:1: name: is missing; write name: text", lines[1]);
        Assert.Equal("t.yaml:1:1: every: is missing; write every: 1 s", lines[2]);
        Assert.Equal("t.yaml:2:10: cut_off: '3' has no unit; 3 what? write 3 V", lines[3]);
        Assert.Equal("t.yaml:3:8: count: '11' is not a whole number that is allowed here; use 1 to 10", lines[4]);
        Assert.Equal("t.yaml:4:7: loud: 'true' is neither true nor false; write true or false, without quotes", lines[5]);
        Assert.Equal("t.yaml:5:7: mode: 'abrot' is not one of the words for this; did you mean abort? write abort | report", lines[6]);
        Assert.Equal("t.yaml:6:7: link: '5' must have keys below it; write link: { host: text }", lines[7]);
        Assert.Equal("t.yaml:7:8: words: is an empty list; give at least one item or leave the key out", lines[8]);
    }

    [Theory]
    [InlineData("evrey", "every")]
    [InlineData("CutOff", "cut_off")]
    [InlineData("cutoff", "cut_off")]
    [InlineData("voltage", null)]
    [InlineData("x", null)]
    public void NearName_Typos_AreRecognisedAndOtherWordsAreNot(string typed, string? expected) =>
        Assert.Equal(expected, NearName.Find(typed, ["every", "cut_off", "count"]));

    [Fact]
    public void ProblemList_TooManyProblems_KeepsSomeAndCountsTheRest()
    {
        var problems = new ProblemList("f");
        for (var i = 1; i <= 300; i++)
        {
            problems.Add(i, 1, "a", null, "is bad", "cure");
        }

        Assert.Equal(300, problems.Count);
        Assert.Equal(201, problems.Items.Count);
        Assert.Contains("has 100 more problems", problems.Items[^1].ToString(), StringComparison.Ordinal);
    }

    private static MappingReader Reader(string text)
    {
        var problems = new ProblemList("t.yaml");
        return new MappingReader(DocumentReader.Read("t.yaml", text, problems)!, s_keys, problems);
    }
}
