using System.CommandLine;

namespace CyclerControl.Cli.Commands;

/// <summary>Options that mean the same in several commands.</summary>
internal static class CommonOptions
{
    public const string DefaultData = "./cycler-data";

    public static Argument<string> ProtocolFile() => new("protocol") { Description = "Protocol file (YAML or JSON)." };

    public static Argument<string> Run() => new("run") { Description = "Run id, unique prefix of one, path of a run folder or file, or 'last'." };

    public static Option<string?> Cell() => new("--cell")
    {
        Description = "The cell: key=value[,key=value], for example area=0.785cm2,id=A17.",
        HelpName = "key=value,...",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Value of a parameter of the protocol; may be repeated.",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string?> Station() => new("--station") { Description = "Station file; default: the built-in station 'demo'.", HelpName = "FILE" };

    public static Option<string?> Channel() => new("--channel")
    {
        Description = "Channel, instrument/number; default demo/1, required with --station.",
        HelpName = "CHANNEL",
    };

    public static Option<long> Seed() => new("--seed")
    {
        Description = "Seed of simulated cells.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    public static Option<string> Speed() => new("--speed")
    {
        Description = "Simulated stations only: test seconds per second, or max.",
        DefaultValueFactory = _ => "max",
        HelpName = "X|max",
    };

    public static Option<string> Data() => new("--data")
    {
        Description = "Data folder.",
        DefaultValueFactory = _ => DefaultData,
        HelpName = "FOLDER",
    };

    /// <summary>For commands that ask the service first.</summary>
    public static Option<string?> LocalData() => new("--data")
    {
        Description = $"Read this data folder, and ask no service. Default: the service if one answers, else {DefaultData}.",
        HelpName = "FOLDER",
    };

    public static Option<string?> Override() => new("--override")
    {
        Description = "Start although preflight fails, where that is safe; the reason goes into the run file.",
        HelpName = "REASON",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON only on standard output." };
}
