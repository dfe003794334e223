using System.Globalization;
using CyclerControl.Acquisition.Runners;
using Spectre.Console;

namespace CyclerControl.Cli.Output;

/// <summary>A table that renews itself in place, on a terminal.</summary>
internal sealed class LiveRunDisplay(IAnsiConsole console, RunProgress progress, string title) : IRunDisplay
{
    private const int ValueWidth = 46;
    private int _linesShown;

    public void Show(in ChannelSnapshot snapshot, double speed)
    {
        var remaining = progress.Remaining(snapshot) is { } left ? $"at most {left}" : "until its goals are met";
        (string Name, string Value)[] rows =
        [
            ("step", progress.Step(snapshot)),
            ("half-cycle", string.Create(CultureInfo.InvariantCulture, $"{snapshot.HalfCycle}   cycle {snapshot.Cycle}")),
            ("voltage", RunProgress.Loss(snapshot) ?? RunProgress.Voltage(snapshot.Volts)),
            ("current", progress.Current(snapshot.Amperes)),
            ("elapsed", RunProgress.Duration(snapshot.TestTimeNanoseconds * 1e-9)),
            ("remaining", remaining),
            ("speed", string.Create(CultureInfo.InvariantCulture, $"{speed:0} x real time")),
            ("detector", snapshot.Arming.Armed ? "armed" : "not armed (settling, rest, or below its floor)"),
        ];
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(title)).HideHeaders();
        table.AddColumn(new TableColumn("")).AddColumn(new TableColumn("").Width(ValueWidth).NoWrap());
        foreach (var (name, value) in rows)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        Erase();
        console.Write(table);
        _linesShown = rows.Length + 3;
    }

    public void Say(string line)
    {
        Erase();
        console.WriteLine(line);
    }

    private void Erase()
    {
        if (_linesShown > 0)
        {
            console.Cursor.MoveUp(_linesShown);
            console.Write(new ControlCode("\u001b[0J"));
            _linesShown = 0;
        }
    }
}
