using System.Text.RegularExpressions;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Docs;

public sealed partial class LinkTests
{
    public static TheoryData<string> Pages() => [.. RepositoryTree.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EachLink_LeadsToAFileAndAHeadingOfTheRepository(string page)
    {
        var broken = new List<string>();
        var text = Fence().Replace(RepositoryTree.Read(page), "");
        foreach (var target in Link().Matches(Code().Replace(text, "")).Select(match => match.Groups["target"].Value))
        {
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0
                ? RepositoryTree.Full(page)
                : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(RepositoryTree.Full(page))!, parts[0]));
            var isInside = file.StartsWith(RepositoryTree.Root, StringComparison.Ordinal);
            if (!isInside || !Path.Exists(file) || (parts.Length == 2 && !Anchors(file).Contains(parts[1])))
            {
                broken.Add(target);
            }
        }

        Assert.Empty(broken);
    }

    private static HashSet<string> Anchors(string file) =>
        [.. Fence().Replace(File.ReadAllText(file), "").Split('\n').Where(line => line.StartsWith('#')).Select(Slug)];

    /// <summary>As Git hosts make them: lower case, punctuation gone, spaces to hyphens.</summary>
    private static string Slug(string heading) =>
        string.Concat(heading.TrimStart('#').Trim().Select(c => c == ' ' ? '-' : char.ToLowerInvariant(c)).Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
