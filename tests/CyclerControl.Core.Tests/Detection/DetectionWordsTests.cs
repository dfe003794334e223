using System.Text.Json;
using CyclerControl.Core.Detection;

namespace CyclerControl.Core.Tests.Detection;

public sealed class DetectionWordsTests
{
    public static TheoryData<DetectionKind> Kinds => [.. Enum.GetValues<DetectionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DetectionWords_OfEveryKind_AreItsNameAndShortsAloneSaySo(DetectionKind kind)
    {
        var word = DetectionWords.Of(kind);

        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), word);
        Assert.Equal(word.EndsWith("_short", StringComparison.Ordinal), DetectionWords.IsShort(kind));
        Assert.Equal(word.Contains("short", StringComparison.Ordinal), DetectionWords.IsShort(kind));
    }

    [Fact]
    public void DetectionWords_OfEverySeverity_AreItsName() =>
        Assert.All(Enum.GetValues<DetectionSeverity>(), s => Assert.Equal(s.ToString().ToLowerInvariant(), DetectionWords.Of(s)));
}
