using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler note`: an operator's remark goes into the run file.</summary>
public sealed class NoteCommand : RemoteCommand
{
    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler note demo/3 'oven door was open for a minute' --temperature 24.5",
        "cycler note demo/3 'screws tightened to 5 N m' --pressure 12 --touched",
    ];

    internal override Command Build()
    {
        var channel = new Argument<string>("channel") { Description = "Channel, instrument/number." };
        var text = new Argument<string>("text") { Description = "The remark." };
        var temperature = new Option<double?>("--temperature") { Description = "Temperature read by hand.", HelpName = "DEGC" };
        var pressure = new Option<double?>("--pressure") { Description = "Stack pressure read by hand.", HelpName = "MPA" };
        var touched = new Option<bool>("--touched")
        {
            Description = "The cell was touched (re-torque, stack): the detector learns it anew, and for ten minutes only a hard short ends the run.",
        };
        var person = new Option<string?>("--operator") { Description = "Who remarks.", HelpName = "NAME" };
        var json = CommonOptions.Json();
        var command = new Command("note", "Write a remark into the run of a channel.") { channel, text, temperature, pressure, touched, person, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) => AskAsync(parsed, async client =>
        {
            var note = new NoteRequest
            {
                Text = parsed.GetRequiredValue(text),
                Celsius = parsed.GetValue(temperature),
                PressureMegapascals = parsed.GetValue(pressure),
                Touched = parsed.GetValue(touched),
                Operator = parsed.GetValue(person),
            };
            var answer = await client.NoteAsync(parsed.GetRequiredValue(channel), note, stop);
            StandardStreams.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(answer, ApiJson.Options) : $"{answer.Channel}: noted");
            return ExitCode.Planned;
        }));
        return WithExamples(command);
    }
}
