using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Cli.Remote;
using CyclerControl.Core.Channels;
using CyclerControl.Recording;
using CyclerControl.Service.Locks;

namespace CyclerControl.Cli.CommandLine;

/// <summary>The root of `cycler`: parses, runs one command, and turns whatever goes wrong into one clear line and an exit code.</summary>
public static class CyclerCommandLine
{
    /// <summary>Time that a run has to switch its output off and close its recording after Ctrl-C.</summary>
    private static readonly TimeSpan s_terminationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>All commands, in the order in which the help lists them.</summary>
    public static IReadOnlyList<CyclerCommand> Commands { get; } =
    [
        new RunCommand(),
        new ServeCommand(),
        new ConfigCommand(),
        new StartCommand(),
        new StatusCommand(),
        .. WishCommand.All,
        new StopAllCommand(),
        new NoteCommand(),
        new QueueCommand(),
        new TailCommand(),
        new CellsCommand(),
        new LoginCommand(),
        new TokenCommand(),
        new AuditCommand(),
        new ValidateCommand(),
        new ExplainCommand(),
        new PreviewCommand(),
        new PreflightCommand(),
        new ExportCommand(),
        new ReportCommand(),
        new DetectCommand(),
        new RunsCommand(),
        new ChannelsCommand(),
        new ProfilesCommand(),
        new DoctorCommand(),
    ];

    /// <summary>Shown by `cycler --help`; a test runs each.</summary>
    public static IReadOnlyList<string> Examples { get; } =
        ["cycler run protocols/ccd-step-increased.yaml --cell area=0.785cm2", "cycler validate protocols/gitt.yaml"];

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = BuildRoot().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                StandardStreams.Problem($"cycler: {error.Message}");
            }

            StandardStreams.Problem($"cycler: see '{CommandPath(parsed)} --help'");
            return ExitCode.InvalidInput;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = s_terminationTimeout,
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    private static RootCommand BuildRoot()
    {
        var root = new RootCommand("CyclerControl: runs test protocols on battery-cycler channels and cuts the output when the cell shorts.");
        foreach (var command in Commands)
        {
            root.Add(command.Build());
        }

        AppendExamples(root, Examples);
        return root;
    }

    internal static void AppendExamples(Command command, IReadOnlyList<string> examples)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
    }

    private static int Failed(Exception exception)
    {
        switch (exception)
        {
            case InputException:
                StandardStreams.Problem(exception.Message);
                return ExitCode.InvalidInput;
            case RefusedException refused:
                StandardStreams.Problem(refused.Message);
                return refused.ExitCode;
            case HeldElsewhereException:
                StandardStreams.Problem($"cycler: {exception.Message}");
                return ExitCode.InvalidInput;
            case InstrumentException: // Only opening throws: once a run has begun, what goes wrong is its outcome.
                StandardStreams.Problem($"cycler: {exception.Message}");
                return ExitCode.Unreachable;
            case OperationCanceledException:
                StandardStreams.Problem("cycler: stopped");
                return ExitCode.Stopped;
            case RecordingException or IOException or UnauthorizedAccessException:
                StandardStreams.Problem($"cycler: {exception.Message}");
                return ExitCode.InternalFailure;
            default:
                StandardStreams.Problem($"cycler: internal failure: {exception.GetBaseException().GetType().Name}: {exception.GetBaseException().Message}");
                Serilog.Log.Fatal(exception, "internal failure");
                return ExitCode.InternalFailure;
        }
    }

    private static string CommandPath(ParseResult parsed)
    {
        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            path.Insert(0, command.Command.Name);
        }

        return string.Join(' ', ["cycler", .. path]);
    }
}
