using System.Runtime.Versioning;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Script;

/// <summary>tools/check.sh in an empty folder, with a `dotnet` and a `dpkg-query` that play their parts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CheckScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("check script ").FullName;

    public CheckScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "tools"));
        Directory.CreateDirectory(Path.Combine(folder, "fake"));
        File.Copy(RepositoryTree.Full("tools/check.sh"), Path.Combine(folder, "tools", "check.sh"));
        Program("dpkg-query", "printf installed");
        Program(
            "dotnet",
            """
            case "$1" in
                build) exit "${BUILD:-0}" ;;
                format) exit "${FORMAT:-0}" ;;
                test)
                    name=$(basename "$2" .csproj)
                    [ -f "$(dirname "$2")/counters" ] && cp "$(dirname "$2")/counters" "TestResults/$name.trx"
                    exit "$(cat "$(dirname "$2")/code")" ;;
            esac
            """);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Check_TwoProjects_AddsThemAndTheFormatUp()
    {
        Project("A", total: 5, passed: 5, code: 0);
        Project("B", total: 7, passed: 7, code: 0);

        Assert.Equal((0, "13 passed, 0 failed"), Check());
    }

    [Fact]
    public void Check_FailedAndSkippedTests_CountAsFailed()
    {
        Project("A", total: 5, passed: 4, code: 1);
        Project("B", total: 7, passed: 5, code: 0);

        Assert.Equal((1, "10 passed, 3 failed"), Check());
    }

    [Fact]
    public void Check_ProjectWithoutTests_IsAFailure()
    {
        Project("A", total: 5, passed: 5, code: 0);
        Project("B", total: 0, passed: 0, code: 0);

        Assert.Equal((1, "6 passed, 1 failed"), Check());
    }

    [Fact]
    public void Check_HostCrashedWithoutResults_IsAFailure()
    {
        Project("A", total: null, passed: 0, code: 134);

        Assert.Equal((1, "1 passed, 1 failed"), Check());
    }

    [Fact]
    public void Check_HostCrashedAfterPassedTests_IsAFailure()
    {
        Project("A", total: 5, passed: 5, code: 1);

        Assert.Equal((1, "6 passed, 1 failed"), Check());
    }

    [Fact]
    public void Check_BuildFails_RunsNothing()
    {
        Project("A", total: 5, passed: 5, code: 0);

        Assert.Equal((1, "0 passed, 1 failed"), Check(("BUILD", "1")));
    }

    [Fact]
    public void Check_FormatDiffers_IsOneFailure()
    {
        Project("A", total: 5, passed: 5, code: 0);

        Assert.Equal((1, "5 passed, 1 failed"), Check(("FORMAT", "2")));
    }

    [Fact]
    public void Check_PackagesMissing_InstallsOnlyThose()
    {
        Project("A", total: 5, passed: 5, code: 0);
        Program("dpkg-query", "case \"$*\" in *socat*) ;; *) printf installed ;; esac");
        Program("sudo", "[ \"$1\" = -n ] && shift; exec \"$@\"");
        Program("apt-get", $"echo \"$*\" >> '{folder}/apt.txt'");

        Assert.Equal((0, "6 passed, 0 failed"), Check());

        Assert.Equal(["update", "install -y --no-install-recommends socat"], File.ReadAllLines(Path.Combine(folder, "apt.txt")));
    }

    [Fact]
    public void CiRun_Text_OnlyCallsTheCheckScript()
    {
        var lines = RepositoryTree.Read(".ci/run").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("#!/usr/bin/env bash", lines[0]);
        Assert.EndsWith("/tools/check.sh\"", Assert.Single(lines[1..]), StringComparison.Ordinal);
        Assert.All([".ci/run", "tools/check.sh"], file => Assert.True(File.GetUnixFileMode(RepositoryTree.Full(file)).HasFlag(UnixFileMode.UserExecute)));
    }

    private void Project(string name, int? total, int passed, int code)
    {
        var project = Directory.CreateDirectory(Path.Combine(folder, "tests", $"{name}.Tests")).FullName;
        File.WriteAllText(Path.Combine(project, $"{name}.Tests.csproj"), "<Project />");
        File.WriteAllText(Path.Combine(project, "code"), $"{code}");
        if (total is not null)
        {
            File.WriteAllText(
                Path.Combine(project, "counters"), $"<TestRun>\n  <Counters total=\"{total}\" executed=\"{total}\" passed=\"{passed}\" failed=\"0\" />\n</TestRun>\n");
        }
    }

    private (int ExitCode, string LastLine) Check(params (string Name, string Value)[] environment)
    {
        var variables = environment.ToDictionary(entry => entry.Name, entry => entry.Value);
        variables["PATH"] = Path.Combine(folder, "fake") + ":" + Environment.GetEnvironmentVariable("PATH");
        var run = ProcessRun.Start("bash", [Path.Combine(folder, "tools", "check.sh")], variables);
        return (run.ExitCode, run.Output.TrimEnd('\n').Split('\n')[^1]);
    }

    private void Program(string name, string body)
    {
        var path = Path.Combine(folder, "fake", name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{body.ReplaceLineEndings("\n")}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
