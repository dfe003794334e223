using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Architecture;

public sealed class ForbiddenWordsTests
{
    private static readonly string[] Text =
        [".cs", ".csproj", ".props", ".targets", ".md", ".yaml", ".yml", ".json", ".sh", ".py", ".txt", ".sln", ".csv", ".config", ".editorconfig", ".gitignore"];

    /// <summary>Paths of one machine, and places that packages came from on it. In two parts, so that this file does not contain them.</summary>
    public static TheoryData<string> Words() =>
    [
        "/wo" + "rk/", "../sha" + "red", "/ro" + "ot/", "/tmp/" + "h/", "v3/" + "index.json", "artif" + "actory", "jfr" + "og.io", "registry.npm" + "js", "pypi." + "org",
        "api.nu" + "get", "pkgs.dev." + "azure",
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public void Files_None_NamesAMachineOrAPackageSource(string word)
    {
        var found = RepositoryTree.Files
            .Where(file => Text.Contains(Path.GetExtension(file)) || file.StartsWith(".ci/", StringComparison.Ordinal))
            .Where(file => RepositoryTree.Read(file).Contains(word, StringComparison.OrdinalIgnoreCase));

        Assert.Empty(found);
    }

    [Fact]
    public void Files_None_ConfiguresAPackageSource() =>
        Assert.Empty(RepositoryTree.Files.Where(file =>
            Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(file) == ".npmrc").ToList());
}
