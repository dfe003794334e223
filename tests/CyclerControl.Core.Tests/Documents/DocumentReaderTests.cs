using System.Text;
using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Tests.Documents;

public sealed class DocumentReaderTests
{
    [Fact]
    public void Read_Yaml_GivesLineColumnAndPathOfEveryNode()
    {
        var problems = new ProblemList("a.yaml");
        var root = DocumentReader.Read("a.yaml", "# head\nname: x\nsteps:\n  - rest: 10 min\n  - plate: [a, 'b']\n", problems);

        Assert.Equal(0, problems.Count);
        var steps = Assert.IsType<SequenceNode>(root!.Find("steps")!.Value);
        var rest = ((MappingNode)steps.Items[0]).Find("rest")!;
        Assert.Equal((4, 5, "steps[0].rest"), (rest.Line, rest.Column, rest.Value.Path));
        Assert.Equal((4, 11), (rest.Value.Line, rest.Value.Column));
        var list = (SequenceNode)((MappingNode)steps.Items[1]).Find("plate")!.Value;
        Assert.Equal(("b", true, 5, 16), (((ScalarNode)list.Items[1]).Text, ((ScalarNode)list.Items[1]).IsQuoted, list.Items[1].Line, list.Items[1].Column));
    }

    [Fact]
    public void Read_Json_GivesTheSameTree()
    {
        var problems = new ProblemList("a.json");
        var root = DocumentReader.Read("a.json", "{\n\t\"name\": \"µ\", \"steps\":\n  [{\"rest\":\"10 min\"}, true, 12]}", problems);

        Assert.Equal(0, problems.Count);
        var steps = (SequenceNode)root!.Find("steps")!.Value;
        Assert.Equal((2, 15), (root.Find("steps")!.Line, root.Find("steps")!.Column));
        var rest = ((MappingNode)steps.Items[0]).Find("rest")!;
        Assert.Equal((3, 5, "steps[0].rest"), (rest.Line, rest.Column, rest.Value.Path));
        Assert.Equal(("true", false), (((ScalarNode)steps.Items[1]).Text, ((ScalarNode)steps.Items[1]).IsQuoted));
        Assert.Equal((3, 29), (steps.Items[2].Line, steps.Items[2].Column));
    }

    [Fact]
    public void Read_YamlInBraces_IsNotTakenForJson() =>
        Assert.Equal("x", ((ScalarNode)Read("{name: x}", out _)!.Find("name")!.Value).Text);

    [Theory]
    [InlineData(500)]
    [InlineData(100_000)]
    public void Read_ManyBrackets_AreRefused(int count)
    {
        foreach (var text in new[] { new string('[', count), "a: " + new string('[', count), "{\"a\":" + new string('[', count), new string('{', count) })
        {
            Assert.Null(Read(text, out var problems));
            Assert.Contains("nested deeper than 64", Assert.Single(problems).ToString(), StringComparison.Ordinal);
            Assert.Null(DocumentReader.Read("x.json", text, new ProblemList("x.json")));
        }
    }

    [Fact]
    public void Read_DeepBlocks_AreRefused()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            _ = text.Append(' ', i).Append("a:\n");
        }

        Assert.Null(Read(text.ToString(), out var problems));
        Assert.Equal("a", Assert.Single(problems).Path);
    }

    [Fact]
    public void Read_64Levels_AreAccepted() => Assert.NotNull(Read("a: " + new string('[', 63) + new string(']', 63), out _));

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", "1:4: a: '&x' is an anchor", "2:4: b: '*x' is an alias")]
    [InlineData("a: !!python/object 1\nb: ! x\n", "1:4: a: 'tag:yaml.org,2002:python/object' is a tag", "2:4: b: '!' is a tag")]
    [InlineData("a: 1\nb: {c: 1, c: 2}\na: 3\n", "2:11: b.c: 'c' is given twice (first in line 2)", "3:1: a: 'a' is given twice (first in line 1)")]
    public void Read_SeveralForbiddenThings_AreAllTold(string text, string first, string second)
    {
        _ = Read(text, out var problems);
        Assert.Equal(2, problems.Count);
        Assert.StartsWith("a.yaml:" + first, problems[0].ToString(), StringComparison.Ordinal);
        Assert.StartsWith("a.yaml:" + second, problems[1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\n\0b: 2", "a.yaml:2:1: file: has the invisible character U+0000; delete it")]
    [InlineData("a: 5 \uFFFDA", "a.yaml:1:6: file: is not UTF-8 text here; save the file as UTF-8")]
    [InlineData("", "a.yaml:1:1: file: is empty; write keys with values, one a line")]
    [InlineData("# only a comment\n", "a.yaml:1:1: file: is empty; write keys with values, one a line")]
    [InlineData("- a\n- b\n", "a.yaml:1:1: file: is a list; write keys with values, one a line")]
    [InlineData("word", "a.yaml:1:1: file: is a single value; write keys with values, one a line")]
    [InlineData("a: 1\n---\nb: 2\n", "a.yaml:2:1: file: holds a second document; keep one document a file: delete '---' and what follows")]
    public void Read_WhatIsNoDocument_IsRefusedInOneLine(string text, string expected)
    {
        Assert.Null(Read(text, out var problems));
        Assert.Equal(expected, Assert.Single(problems).ToString());
    }

    [Fact]
    public void Read_TabIndentation_NamesTheTab()
    {
        Assert.Null(Read("steps:\n\t- rest: 1 s\n", out var problems));
        Assert.Contains("a.yaml:2:1: file: is indented with a tab here; indent with spaces", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMarkAndCarriageReturns_ChangeNoPlace()
    {
        var root = Read("\uFEFFa: 1\r\nb: 2\r\n", out var problems);
        Assert.Empty(problems);
        Assert.Equal((2, 4), (root!.Find("b")!.Value.Line, root.Find("b")!.Value.Column));
    }

    [Fact]
    public void Read_MoreThanOneMebibyte_IsRefused()
    {
        Assert.Null(Read("a: " + new string('x', DocumentReader.MaxBytes), out var problems));
        Assert.Contains("larger than 1 MiB", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\nb: [1, 2\nc: 3\n", 2)]
    [InlineData("a: 1\n  b: 2\n", 2)]
    [InlineData("a: 'x\n", 2)]
    [InlineData("a: 1\n b\nc\n", 3)]
    public void Read_BrokenYaml_PointsNearTheMistake(string text, int line)
    {
        Assert.Null(Read(text, out var problems));
        var problem = Assert.Single(problems);
        Assert.Contains("is not YAML here", problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Line == line, problem.ToString());
    }

    [Fact]
    public void Read_BrokenJson_HasThePlace()
    {
        var problems = new ProblemList("a.json");
        Assert.Null(DocumentReader.Read("a.json", "{\n  \"a\": 1,\n  oops\n}", problems));
        var problem = Assert.Single(problems.Items);
        Assert.Equal(3, problem.Line);
        Assert.Contains("is not JSON here", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_WithControlCharactersAndLength_StaysOneShortLine()
    {
        var line = new Problem("f", 1, 2, "p", "a\nb\0" + new string('x', 500), "is bad", "cure").ToString();
        Assert.StartsWith(@"f:1:2: p: 'a\u000ab\u0000xxx", line, StringComparison.Ordinal);
        Assert.EndsWith("...' is bad; cure", line, StringComparison.Ordinal);
    }

    private static MappingNode? Read(string text, out IReadOnlyList<Problem> items)
    {
        var problems = new ProblemList("a.yaml");
        var root = DocumentReader.Read("a.yaml", text, problems);
        items = problems.Items;
        return root;
    }
}
