using System.Text.RegularExpressions;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Architecture;

public sealed partial class LayoutTests
{
    [Fact]
    public void Projects_All_AreInTheSolution()
    {
        var solution = RepositoryTree.Read("CyclerControl.sln").Replace('\\', '/');
        Assert.All(ProjectFile.All, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void SourceProjects_Each_HaveATestProjectThatRefersToThem()
    {
        foreach (var project in ProjectFile.All.Where(project => project.IsProduct || project.IsSubstitute))
        {
            var tests = ProjectFile.All.SingleOrDefault(other => other.Path == $"tests/{project.Name}.Tests/{project.Name}.Tests.csproj");
            Assert.True(tests is not null, $"{project.Name} has no test project.");
            Assert.Contains(project.Name, project.IsSubstitute ? tests.Substitutable : tests.Projects);
        }
    }

    [Fact]
    public void TestProjects_Each_StandForASourceProject()
    {
        var sources = ProjectFile.All.Where(project => project.IsProduct || project.IsSubstitute).Select(project => project.Name + ".Tests").ToHashSet();
        Assert.Equal(["CyclerControl.Conformance.Tests", "CyclerControl.Repository.Tests"], ProjectFile.All.Where(project => project.IsTest).Select(project => project.Name).Except(sources));
    }

    [Fact]
    public void TestFolders_Each_MirrorAFolderOfTheirSource()
    {
        var folders = ProjectFile.All.Where(project => project.IsProduct).SelectMany(project => RepositoryTree.Files
            .Where(file => file.StartsWith($"tests/{project.Name}.Tests/", StringComparison.Ordinal) && file.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Select(file => project.Folder + file[$"tests/{project.Name}.Tests".Length..file.LastIndexOf('/')]));
        Assert.All(folders.Distinct(), folder => Assert.True(Directory.Exists(RepositoryTree.Full(folder)), $"Tests mirror {folder}, which does not exist."));
    }

    [Fact]
    public void SourceFiles_None_IsLongerThan400Lines() =>
        Assert.Empty(RepositoryTree.Sources.Select(file => (file, lines: File.ReadLines(RepositoryTree.Full(file)).Count())).Where(entry => entry.lines > 400).ToList());

    [Fact]
    public void SourceFiles_OfTheProduct_HaveTheNamespaceOfTheirFolder()
    {
        var wrong = new List<string>();
        foreach (var project in ProjectFile.All.Where(project => project.IsProduct))
        {
            foreach (var file in RepositoryTree.Sources.Where(file => file.StartsWith(project.Folder + "/", StringComparison.Ordinal)))
            {
                var expected = (project.Name + file[project.Folder.Length..file.LastIndexOf('/')]).Replace('/', '.');
                var found = Namespace().Match(RepositoryTree.Read(file));
                if (found.Success && found.Groups["name"].Value != expected)
                {
                    wrong.Add($"{file}: namespace {found.Groups["name"].Value} instead of {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void SourceFiles_OfTheProduct_HaveNoNameThatSaysNothing() =>
        Assert.Empty(RepositoryTree.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && Empty().IsMatch(Path.GetFileNameWithoutExtension(file))).ToList());

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex("(Helpers?|Utils?|Utilities|Manager|Common|Base)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Empty();
}
