using CyclerControl.Cli.Tests.Processes;
using CyclerControl.Client;
using CyclerControl.Testing;

namespace CyclerControl.Cli.Tests.Remote;

/// <summary>A `cycler serve` of the built-in station on a free port, in a folder of its own, and commands that ask it.</summary>
public sealed class ServedStation : IDisposable
{
    private const string Listening = "listening on ";

    private readonly Workbench _bench = new();
    private readonly RunningProgram _service;

    public ServedStation()
    {
        foreach (var file in Directory.GetFiles(Checkout.Protocols, "*.yaml"))
        {
            System.IO.File.Copy(file, Path.Combine(Directory.CreateDirectory(_bench.File("protocols")).FullName, Path.GetFileName(file)));
        }

        _service = _bench.Start("serve", "--url", "http://127.0.0.1:0", "--speed", "20");
        Url = _service.WaitForLine(l => l.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..].Trim();
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>For what a test prepares: no process for each request.</summary>
    public CyclerClient Client => field ??= new CyclerClient(new Uri(Url), AdminToken);

    /// <summary>Its data folder.</summary>
    public string Data => _bench.File("cycler-data");

    /// <summary>What the first start wrote.</summary>
    public string AdminToken => System.IO.File.ReadAllText(Path.Combine(Data, "admin.token")).Trim();

    internal RunningProgram Service => _service;

    internal string Write(string name, string text) => _bench.Write(name, text);

    /// <summary>Runs a command in the folder of the service, with CYCLER_URL pointing at it.</summary>
    internal ProgramResult Cycler(params IEnumerable<string> arguments)
    {
        using var program = Start(arguments);
        return program.WaitForExit();
    }

    internal RunningProgram Start(params IEnumerable<string> arguments) =>
        RunningProgram.Cycler(_bench.Path, new Dictionary<string, string> { ["CYCLER_URL"] = Url, ["CYCLER_TOKEN"] = AdminToken, ["XDG_CONFIG_HOME"] = _bench.File("config") }, arguments);

    /// <summary>A command of somebody with this environment, and nothing else of ours.</summary>
    internal ProgramResult CyclerOf(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var all = new Dictionary<string, string>(environment);
        all.TryAdd("XDG_CONFIG_HOME", _bench.File("config"));
        using var program = RunningProgram.Cycler(_bench.Path, all, arguments);
        return program.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();
        _service.Dispose();
        _bench.Dispose();
    }
}
