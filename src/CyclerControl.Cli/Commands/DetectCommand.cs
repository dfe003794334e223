using System.CommandLine;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler detect`: the detector of a running test, over finished records.</summary>
public sealed class DetectCommand : CyclerCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler detect last",
        "cycler detect old-cell.csv --json",
        "cycler detect old-cell.csv --time test_time_s --voltage voltage_v --current current_a --cell kind=symmetric",
    ];

    internal override Command Build()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Run file, BDF or CSV file with time, voltage and current; or a run, as other commands name it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var time = Column("--time", "time");
        var voltage = Column("--voltage", "voltage");
        var current = Column("--current", "current (positive charges)");
        var value = new Option<string?>("--current-value")
        {
            Description = "The current of files without such a column, for example 1mA; where the voltage of the cell changes its sign, so does the current.",
            HelpName = "CURRENT",
        };
        var cell = CommonOptions.Cell();
        var data = CommonOptions.Data();
        var json = new Option<bool>("--json") { Description = "Print one JSON object per finding, and nothing else, on standard output." };
        var command = new Command("detect", """
            Search finished records for short circuits, soft shorts and contact loss, with the detector of a running test.
            Exit 0: nothing found; 10: something; 11: a short of severity abort.
            """)
        {
            files, time, voltage, current, value, cell, data, json,
        };
        command.SetAction(parsed => new DetectExecution
        {
            Files = parsed.GetRequiredValue(files),
            Time = parsed.GetValue(time),
            Voltage = parsed.GetValue(voltage),
            Current = parsed.GetValue(current),
            CurrentValue = parsed.GetValue(value),
            Cell = parsed.GetValue(cell),
            Data = parsed.GetValue(data)!,
            Json = parsed.GetValue(json),
        }.Run());
        return WithExamples(command);
    }

    private static Option<string?> Column(string name, string of) =>
        new(name) { Description = $"Column of {of}: its name in the header, or its number; default: found by name and unit.", HelpName = "COLUMN" };
}
