using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;
using CyclerControl.Testing;

namespace CyclerControl.Instruments.Tests.Profiles;

/// <summary>The folder hardware-profiles/ as it is committed.</summary>
public sealed class ShippedFilesTests
{
    private static readonly string s_folder = Path.Combine(Checkout.Root, "hardware-profiles");

    [Theory]
    [InlineData("profile.schema.json")]
    [InlineData("station.schema.json")]
    public void Schema_Committed_IsTheGeneratedOne(string file)
    {
        var generated = file == "profile.schema.json" ? ProfileSchema.Write() : StationSchema.Write();
        var committed = Path.Combine(s_folder, file);
        var before = File.Exists(committed) ? File.ReadAllText(committed) : "";
        if (before != generated)
        {
            File.WriteAllText(Path.ChangeExtension(committed, ".new"), generated);
        }

        Assert.True(before == generated, $"{committed} is not what the code generates; compare it with the .new file beside it");
    }

    [Fact]
    public void Stations_Shipped_AreValid()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(s_folder, "stations"), "*.yaml"))
        {
            var text = File.ReadAllText(path);
            Assert.StartsWith("# yaml-language-server: $schema=../station.schema.json\n", text, StringComparison.Ordinal);
            Assert.Empty(StationReader.Read(path, text, ProfileLibrary.Shipped).Problems);
        }
    }

    [Fact]
    public void Profiles_Shipped_NameTheirSchemaAndHaveATranscriptWhereTheySpeak()
    {
        foreach (var path in Directory.GetFiles(s_folder, "*.yaml"))
        {
            Assert.StartsWith("# yaml-language-server: $schema=./profile.schema.json\n", File.ReadAllText(path), StringComparison.Ordinal);
            var (profile, problems) = ProfileLibrary.ReadFile(path);
            Assert.Empty(problems);
            Assert.Equal(profile!.Language is not null, !profile.Transcript.IsEmpty);
        }
    }

    [Fact]
    public void Docs_EachCommandQueryAndQuirk_IsExplained()
    {
        var docs = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "hardware-profiles.md"));
        Assert.All(ProfileKeys.Profile.Keys, key => Assert.Contains($"`{key.Name}", docs, StringComparison.Ordinal));
        Assert.All(ProfileKeys.Commands.Keys, key => Assert.Contains($"`{key.Name}`", docs, StringComparison.Ordinal));
        Assert.All(ProfileKeys.Queries.Keys, key => Assert.Contains($"`{key.Name}:", docs, StringComparison.Ordinal));
        Assert.All(ProfileKeys.QuirkWords, word => Assert.Contains($"### {word}\n", docs, StringComparison.Ordinal));
    }
}
