using System.Text.Json;
using System.Text.RegularExpressions;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Protocols;

public sealed class ProtocolSchemaTests
{
    [Fact]
    public void ProtocolSchema_Generated_IsTheCommittedOne() => Snapshot.Matches(ProtocolSchema.Write(), "protocols/protocol.schema.json");

    [Fact]
    public void ProtocolSchema_IsJson_WithEveryVerb()
    {
        using var schema = JsonDocument.Parse(ProtocolSchema.Write());
        var steps = schema.RootElement.GetProperty("$defs").GetProperty("step").GetProperty("anyOf").EnumerateArray()
            .Select(s => s.GetProperty("required")[0].GetString());
        Assert.Equal(ProtocolKeys.Verbs.Order(StringComparer.Ordinal), steps.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ProtocolSchema_ShippedFile_NamesItInItsFirstLine(string name) =>
        Assert.StartsWith("# yaml-language-server: $schema=./protocol.schema.json\n", ShippedFiles.Text(name), StringComparison.Ordinal);

    [Fact]
    public void QuantityPattern_AgreesWithTheParser()
    {
        string[] texts =
        [
            "10", "10 s", "1 h 30 min", "-1 V", "0.1 mA/cm2", "0.1 mA/cm²", "5 µA", "5μA", "25 °C", "86 ohm cm2", "3 Ω", "C/20", "0.5C", "1 q", "",
            "20 cm3/mol", "75 %", "3.7 mS/cm", "1e-3 A", "mA", "1 mAh/g",
        ];
        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            var pattern = new Regex($"^(?:{QuantityPattern.Of(new QuantityShape([dimension]))})$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            foreach (var text in texts)
            {
                Assert.True(QuantityParser.Parse(text, dimension).Quantity is not null == pattern.IsMatch(text), $"{dimension}: '{text}'");
            }
        }
    }

    public static TheoryData<string> Shipped => [.. ShippedFiles.Names];
}
