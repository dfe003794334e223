using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CyclerControl.Cli.Tests.Processes;

/// <summary>A started process of ours (or a foreign client), killed at the latest when disposed.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    /// <summary>Long enough that only a hang can reach it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly object _gate = new();

    private RunningProgram(Process process) => _process = process;

    /// <summary>Starts the built `cycler`.</summary>
    public static RunningProgram Cycler(string workingFolder, params IEnumerable<string> arguments) =>
        Cycler(workingFolder, new Dictionary<string, string>(), arguments);

    /// <summary>Starts the built `cycler` with environment variables.</summary>
    public static RunningProgram Cycler(string workingFolder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Start("dotnet", workingFolder, [Path.Combine(AppContext.BaseDirectory, "cycler.dll"), .. arguments], environment);

    /// <summary>Starts the built stand-alone simulator.</summary>
    public static RunningProgram Simulator(params IEnumerable<string> arguments) =>
        Start("dotnet", AppContext.BaseDirectory, [Path.Combine(AppContext.BaseDirectory, "CyclerControl.InstrumentSimulator.dll"), .. arguments]);

    public static RunningProgram Start(
        string program, string workingFolder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, e) => running.Collect(running._output, e.Data);
        running._process.ErrorDataReceived += (_, e) => running.Collect(running._error, e.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    public string OutputSoFar
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Waits until a line of standard output satisfies the condition.</summary>
    public string WaitForLine(Func<string, bool> isWanted)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(s_patience.TotalSeconds * Stopwatch.Frequency);
        lock (_gate)
        {
            while (true)
            {
                var line = _output.ToString().Split('\n').FirstOrDefault(isWanted);
                if (line is not null)
                {
                    return line;
                }

                Assert.False(Stopwatch.GetTimestamp() > deadline, $"no such line; output: {_output} error: {_error}");
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(200));
                Assert.False(_process.HasExited && !_output.ToString().Split('\n').Any(isWanted), $"ended without such a line; output: {_output} error: {_error}");
            }
        }
    }

    public ProgramResult WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_patience), $"still running; output: {OutputSoFar}");
        _process.WaitForExit();
        lock (_gate)
        {
            return new ProgramResult(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, 2));

    /// <summary>kill -9: no chance to say goodbye.</summary>
    public void KillHard() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Collect(StringBuilder into, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            into.Append(line).Append('\n');
            Monitor.PulseAll(_gate);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
