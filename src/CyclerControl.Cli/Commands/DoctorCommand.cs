using System.CommandLine;
using System.Globalization;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Doctor;
using CyclerControl.Cli.Output;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler doctor`: whether this machine is fit to keep a beat and to keep data.</summary>
public sealed class DoctorCommand : CyclerCommand
{
    private const double DefaultSeconds = 10;
    private const double LeastSeconds = 0.1;
    private const double MostSeconds = 3600;

    public override IReadOnlyList<string> Examples { get; } = ["cycler doctor --seconds 2", "cycler doctor --seconds 2 --realtime --json"];

    internal override Command Build()
    {
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long the timing is watched.",
            DefaultValueFactory = _ => DefaultSeconds,
            HelpName = "S",
        };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && value is >= LeastSeconds and <= MostSeconds))
            {
                result.AddError($"--seconds: '{token.Value}' is no number between {Text(LeastSeconds)} and {Text(MostSeconds)}; write --seconds 10");
            }
        });
        var realTime = new Option<bool>("--realtime") { Description = "Keep the beat under SCHED_FIFO where it can be had, as 'cycler run --realtime' would." };
        var data = CommonOptions.Data();
        var station = new Option<string?>("--station")
        {
            Description = "Also open each instrument of this station: identity, outputs off and confirmed, watchdog. What another program uses is left alone.",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json();
        var command = new Command("doctor", """
            Say how well this machine keeps a beat (lateness at 1 ms, 10 ms and 100 ms), how long a write takes to become durable in the data
            folder, and whether real-time scheduling can be had; free disk and its file system, sleep and update settings where they can be read;
            with --station, whether its instruments answer. Findings that should be changed are warnings; the exit code is 0 all the same.
            """)
        {
            seconds, realTime, data, station, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            var found = MachineExamination.Examine(parsed.GetValue(data)!, parsed.GetValue(seconds), parsed.GetValue(realTime));
            if (parsed.GetValue(station) is { } file)
            {
                found = await WithStationAsync(found, file);
            }

            if (parsed.GetValue(json))
            {
                StandardStreams.Line(MachineText.Json(found));
            }
            else
            {
                foreach (var line in MachineText.Lines(found))
                {
                    StandardStreams.Line(line);
                }
            }

            return ExitCode.Planned;
        });
        return WithExamples(command);
    }

    private static async Task<MachineFindings> WithStationAsync(MachineFindings found, string file)
    {
        using var station = StationComposer.Compose(new StationChoice(file, 1, "max", false, null));
        var instruments = await StationExamination.ExamineAsync(station.Links);
        return found with { Instruments = instruments, Advice = [.. found.Advice, .. instruments.SelectMany(i => i.Advice)] };
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
