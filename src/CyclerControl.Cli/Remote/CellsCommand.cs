using System.CommandLine;
using CyclerControl.Cli.Commands;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler cells ID`: the history of one cell over all its runs.</summary>
public sealed class CellsCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } = ["cycler cells A17", "cycler cells A17 --json"];

    internal override Command Build()
    {
        var cell = new Argument<string>("cell") { Description = "Id of the cell, as --cell id=... gave it." };
        var json = CommonOptions.Json();
        var command = new Command("cells", "List all runs of one cell, oldest first.") { cell, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
            RunList.Print(await client.RunsAsync(parsed.GetRequiredValue(cell), stop), parsed.GetValue(json), "no run names this cell")));
        return WithExamples(command);
    }
}
