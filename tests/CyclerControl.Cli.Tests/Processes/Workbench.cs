using System.Text.Json;
using CyclerControl.Recording.Reading;

namespace CyclerControl.Cli.Tests.Processes;

/// <summary>A temporary folder with one protocol, <c>small.yaml</c>, and the built `cycler` in it.</summary>
internal sealed class Workbench : IDisposable
{
    public const string Area = "area=0.785cm2";

    private readonly TemporaryFolder _folder = new();

    public Workbench(string? protocol = null)
    {
        if (protocol is not null)
        {
            Write("small.yaml", protocol);
        }
    }

    public string Path => _folder.Path;

    /// <summary>The folder of the only run.</summary>
    public string RunFolder => Assert.Single(RunFolders);

    public IReadOnlyList<string> RunFolders => Directory.Exists(File("cycler-data/runs")) ? Directory.GetDirectories(File("cycler-data/runs")) : [];

    public string RunFile => System.IO.Path.Combine(RunFolder, "run.sqlite");

    public string File(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public RunningProgram Start(params IEnumerable<string> arguments) => RunningProgram.Cycler(Path, arguments);

    public ProgramResult Cycler(params IEnumerable<string> arguments)
    {
        using var program = Start(arguments);
        return program.WaitForExit();
    }

    /// <summary>`cycler run small.yaml --cell area=0.785cm2` and more.</summary>
    public ProgramResult Run(params IEnumerable<string> more) => Cycler(["run", "small.yaml", "--cell", Area, .. more]);

    public RunningProgram StartRun(params IEnumerable<string> more) => Start(["run", "small.yaml", "--cell", Area, .. more]);

    /// <summary>report.json of the only run.</summary>
    public JsonElement Report() => Json(System.IO.File.ReadAllText(System.IO.Path.Combine(RunFolder, "report.json")));

    /// <summary>Waits until so many rows of the only run are durable.</summary>
    public int WaitForRows(RunningProgram run, int wanted)
    {
        while (!run.HasExited)
        {
            using var reader = RunFileReader.Open(RunFolder);
            var rows = reader.EnumerateSamples().Count();
            if (rows >= wanted)
            {
                return rows;
            }
        }

        throw new InvalidOperationException($"the run ended before {wanted} rows were recorded: {run.WaitForExit()}");
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public void Dispose() => _folder.Dispose();
}
