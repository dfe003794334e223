using CyclerControl.Repository.Tests.Script;
using CyclerControl.Repository.Tests.Tree;

namespace CyclerControl.Repository.Tests.Readme;

/// <summary>An empty folder with the shipped files, in which a reader of the README types.</summary>
internal sealed class ReadmeFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("readme test ").FullName;

    private ReadmeService? _service;

    public ReadmeFolder()
    {
        foreach (var file in RepositoryTree.Files.Where(f => f.StartsWith("protocols/", StringComparison.Ordinal) || f.StartsWith("hardware-profiles/", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(In(file))!);
            File.Copy(RepositoryTree.Full(file), In(file));
        }

        // What the page asks readers to write for themselves.
        File.WriteAllText(In("my-profile.yaml"), RepositoryTree.Read("hardware-profiles/keithley-2450.yaml").Replace("profile: keithley-2450", "profile: my-profile", StringComparison.Ordinal));
        File.WriteAllText(In("my-station.yaml"), $"station: my-station\ninstruments:\n  - {StationLine()}\n");
    }

    /// <summary>Does what the line says.</summary>
    public ProcessRun Type(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["cp", var from, var to])
        {
            // Copied, renamed inside and made short, as the page says.
            var text = File.ReadAllText(In(from)).Replace($"protocol: {Path.GetFileNameWithoutExtension(from)}", $"protocol: {Path.GetFileNameWithoutExtension(to)}", StringComparison.Ordinal);
            File.WriteAllText(In(to), text.Replace("cycles: 500", "cycles: 2", StringComparison.Ordinal));
            return new ProcessRun(0, "", "");
        }

        if (words is ["cycler", "serve", ..])
        {
            _service = new ReadmeService(Built("cycler.dll"), words[1..], _path);
            return new ProcessRun(0, "", "");
        }

        var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = In("config") };
        if (_service is not null)
        {
            environment["CYCLER_URL"] = _service.Url;
        }

        return ProcessRun.Start("dotnet", [Built("cycler.dll"), .. words[1..]], environment, _path);
    }

    public void Dispose()
    {
        _service?.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    /// <summary>The program as the build of this configuration left it.</summary>
    private static string Built(string file)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory); // .../bin/CONFIGURATION/FRAMEWORK
        return RepositoryTree.Full(Path.Combine("src", "CyclerControl.Cli", "bin", here.Parent!.Name, here.Name, file));
    }

    private static string StationLine()
    {
        var start = ReadmePage.Text.IndexOf("`{ name:", StringComparison.Ordinal) + 1;
        return ReadmePage.Text[start..ReadmePage.Text.IndexOf('`', start)];
    }

    private string In(string relative) => Path.Combine(_path, relative);
}
