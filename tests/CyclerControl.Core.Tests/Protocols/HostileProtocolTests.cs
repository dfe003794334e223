using System.Collections.Immutable;
using System.Text;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Protocols;

/// <summary>Files from anybody: refused or accepted, never an exception, and every problem has its place.</summary>
public sealed class HostileProtocolTests
{
    private static readonly string[] s_tokens =
    [
        "[", "]", "{", "}", ":", "-", "\n", "  ", "\t", "'", "\"", "#", "&a ", "*a", "!!int ", "|", ">", "? ", "\0", "\uFEFF", "\uFFFD", "\u2028", "\r",
        "ramp", "$x", "$current", "0", "-1 mA", "1e400 s", "C/0", "10", "1 V", "until", "steps", "ask", "---\n", "...", "true", "~", "null", "µ", "🔋", "rest: 1 s", ", ",
        "{ up_to: 2, else: pause }", "[[[[[[", "99999999999999999999", "repeat: 1000000\n",
    ];

    [Fact]
    public void Read_RandomMutationsOfShippedFiles_NeverThrowAndKeepTheirPlace()
    {
        var texts = ShippedFiles.Names.Select(n => (Name: n, Text: ShippedFiles.Text(n))).ToList();
        for (var seed = 1; seed <= 1200; seed++)
        {
            var random = new Random(seed);
            var (name, text) = texts[random.Next(texts.Count)];
            var mutated = Mutate(text, random);
            var file = random.Next(8) == 0 ? name + ".json" : name + ".yaml";
            try
            {
                Check(file, mutated);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {e}\n{mutated}");
            }
        }
    }

    [Fact]
    public void Read_EveryPrefixOfAShippedFile_NeverThrows()
    {
        var text = ShippedFiles.Text("coulombic-efficiency-activation-strip");
        for (var length = 0; length < text.Length; length += 7)
        {
            Check("coulombic-efficiency-activation-strip.yaml", text[..length]);
        }
    }

    [Fact]
    public void Read_CarriageReturnsAndByteOrderMark_ChangeNothing()
    {
        foreach (var name in ShippedFiles.Names)
        {
            var reading = ProtocolReader.Read(name + ".yaml", "\uFEFF" + ShippedFiles.Text(name).ReplaceLineEndings("\r\n"));
            Assert.Equal("", string.Join('\n', reading.Problems));
        }
    }

    [Fact]
    public void Read_OneLineLeftOut_IsToldOrHarmless()
    {
        foreach (var name in ShippedFiles.Names)
        {
            var lines = ShippedFiles.Text(name).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                Check(name + ".yaml", string.Join('\n', lines.Where((_, n) => n != i)));
            }
        }
    }

    [Theory]
    [InlineData("protocol: p\nversion: 1\nsteps:\n  - rest: 10 min\n    rest: 5 min\n", "p.yaml:5:5: steps[0].rest: 'rest' is given twice (first in line 4); keep one of them")]
    [InlineData("protocol: p\nversion: 1\nsteps: &s\n  - rest: 10 min\n", "p.yaml:3:8: steps: '&s' is an anchor; delete it: anchors and aliases are not allowed")]
    [InlineData("protocol: p\nversion: 1\nsteps:\n  - rest: !!str 10 min\n", "p.yaml:4:11: steps[0].rest: 'tag:yaml.org,2002:str' is a tag; delete it: tags are not allowed")]
    [InlineData("protocol: p\nversion: 1\nsteps: 5\n", "p.yaml:3:8: steps: '5' is not a list; write steps: [...], or one line with a dash per item")]
    [InlineData("protocol: p\nversion: 1\nsteps:\n  - 5\n", "p.yaml:4:5: steps[0]: '5' is no step; write rest: 10 min, or plate: 1 mA/cm2 with for: 1 h below it")]
    [InlineData("protocol: p\nversion: \"1\"\nsteps:\n  - rest: 1 s\n", "p.yaml:2:10: version: '1' is in quotes; write the whole number without quotes")]
    [InlineData("protocol:\nversion: 1\nsteps:\n  - rest: 1 s\n", "p.yaml:1:10: protocol: is empty; write protocol: my-protocol")]
    public void Read_HostileOrBroken_IsOneClearLine(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(ProtocolReader.Read("p.yaml", text).Problems).ToString());

    [Fact]
    public void Read_LoopsNestedToTheLimit_AreAcceptedAndBeyondRefused()
    {
        Assert.NotNull(ProtocolReader.Read("p.yaml", Nested(30)).Definition);
        Assert.Contains("nested deeper than 64 levels", Assert.Single(ProtocolReader.Read("p.yaml", Nested(40)).Problems).ToString(), StringComparison.Ordinal);

        static string Nested(int depth)
        {
            var text = new StringBuilder("protocol: p\nversion: 1\nsteps: [");
            for (var i = 0; i < depth; i++)
            {
                _ = text.Append("{ repeat: 2, steps: [");
            }

            return text.Append("{ rest: 1 s }").Insert(text.Length, "] }", depth).Append("]\n").ToString();
        }
    }

    private static void Check(string file, string text)
    {
        var reading = ProtocolReader.Read(file, text);
        Assert.True(reading.Definition is null != (reading.Problems.Count == 0));
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        foreach (var problem in reading.Problems)
        {
            Assert.InRange(problem.Line, 1, lines.Length);
            Assert.True(problem.Column >= 1 && problem.Column <= lines[problem.Line - 1].Length + 1, $"{problem}\n{text}");
            Assert.DoesNotContain('\n', problem.ToString());
            Assert.NotEqual("", problem.Path);
            Assert.NotEqual("", problem.Cure);
        }

        if (reading.Definition is not { } definition)
        {
            return;
        }

        var cell = CellSpecReader.FromText("area=0.785cm2,nominal_capacity=1mAh/cm2", new ProblemList(CellSpecReader.CommandLine));
        Assert.NotEqual("", ProtocolExplainer.Explain(definition, cell));
        var compiled = RunProgramCompiler.Compile(definition, cell, ImmutableDictionary<string, string>.Empty);
        if (compiled.Program is { } program)
        {
            Assert.NotEqual("", PreviewPrinter.Print(program, ProtocolPreview.Of(program)));
        }
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(mutated.Length);
            switch (random.Next(5))
            {
                case 0:
                    _ = mutated.Remove(at, Math.Min(random.Next(1, 12), mutated.Length - at));
                    break;
                case 1:
                    mutated[at] = (char)random.Next(32, 127);
                    break;
                case 2:
                    var from = random.Next(mutated.Length);
                    _ = mutated.Insert(at, mutated.ToString(from, Math.Min(random.Next(1, 40), mutated.Length - from)));
                    break;
                default:
                    _ = mutated.Insert(at, s_tokens[random.Next(s_tokens.Length)]);
                    break;
            }

            if (mutated.Length == 0)
            {
                _ = mutated.Append('x');
            }
        }

        return mutated.ToString();
    }
}
