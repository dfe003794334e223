using System.CommandLine;
using System.Text.Json;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Output;
using CyclerControl.Cli.ProfileChecks;
using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Transports;
using CyclerControl.Service.Locks;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler profiles check` and `cycler profiles record`: a profile on a live instrument, outputs off.</summary>
internal static class ProfileTrials
{
    public static Command Check()
    {
        var (file, connect, json) = (File(), Connect(), CommonOptions.Json());
        var command = new Command("check", """
            Try a SCPI profile on a live instrument, and switch nothing on: who answers, all outputs off and confirmed, limits written and read back,
            a reading, how long an exchange takes and which timeouts follow from it. Exit 0 when all of it passed, 4 when nobody or another instrument
            answered, 3 when something else failed.
            """)
        {
            file, connect, json,
        };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(file), parsed.GetRequiredValue(connect), parsed.GetValue(json)));
        return command;
    }

    public static Command Record()
    {
        var (file, connect) = (File(), Connect());
        var command = new Command("record", """
            Do what 'check' does, and print everything that was said as the 'transcript' of the profile, for the conformance test. Nothing is switched on:
            lines of a charge and a discharge have to be added from a run on a resistor.
            """)
        {
            file, connect,
        };
        command.SetAction(parsed => Record(parsed.GetRequiredValue(file), parsed.GetRequiredValue(connect)));
        return command;
    }

    private static Argument<string> File() => new("profile") { Description = "A profile file, or the name of a shipped profile." };

    private static Option<string> Connect() => new("--connect") { Description = "Where the instrument is: tcp://host:5025, serial:///dev/ttyUSB0?baud=9600.", HelpName = "URI", Required = true };

    private static int Check(string file, string connect, bool json)
    {
        var found = Examine(file, connect, null);
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(new
            {
                passed = found.Passed,
                tried = found.Tried.Select(t => new { what = t.What, passed = t.Passed, tried = t.WasTried, says = t.Says }),
                median_ms = found.Times?.MedianMilliseconds,
                longest_ms = found.Times?.LongestMilliseconds,
                proposed_reply_ms = found.Times?.ProposedReplyMilliseconds,
                proposed_fastest_ms = found.Times?.ProposedFastestMilliseconds,
            }));
        }
        else
        {
            foreach (var finding in found.Tried)
            {
                StandardStreams.Line($"{finding.Verdict} {finding.What,-14} {finding.Says}");
            }
        }

        return CodeOf(found);
    }

    private static int Record(string file, string connect)
    {
        var record = new List<RecordedExchange>();
        var found = Examine(file, connect, record);
        foreach (var line in record.Count == 0 ? [] : TranscriptText.Lines(record))
        {
            StandardStreams.Line(line);
        }

        foreach (var finding in found.Tried.Where(t => !t.Passed))
        {
            StandardStreams.Problem($"{finding.What}: {finding.Says}");
        }

        return CodeOf(found);
    }

    private static int CodeOf(ProfileFindings found) =>
        found.Passed ? ExitCode.Planned : found.IsAnother ? ExitCode.Unreachable : ExitCode.Tripped;

    private static ProfileFindings Examine(string file, string connect, List<RecordedExchange>? record)
    {
        var profile = Read(file);
        if (!Uri.TryCreate(connect, UriKind.Absolute, out var address) || address.Scheme is not ("tcp" or "serial"))
        {
            throw new InputException($"--connect: '{connect}' is neither tcp:// nor serial://, the ways to SCPI instruments; write tcp://192.168.0.20:5025 or serial:///dev/ttyUSB0?baud=9600");
        }

        if (profile.Adapter != ProfileAdapter.Scpi)
        {
            throw new InputException($"{file}: profile '{profile.Name}' is of adapter {profile.Adapter.ToString().ToLowerInvariant()}; only scpi can be tried so, use cycler doctor --station FILE for others");
        }

        try
        {
            var library = ProfileLibrary.Shipped.With(profile);
            IInstrumentFactory factory = address.Scheme == "tcp" ? new TcpInstrumentFactory(library, record: record) : new SerialInstrumentFactory(library, record: record);
            var link = factory.CreateLink(new InstrumentAddress("check", profile.Name, address), new WallClock(TimeProvider.System));
            using var mine = InstrumentLocks.Take([link], TimeProvider.System);
            return ProfileExamination.Examine(link, profile);
        }
        catch (HeldElsewhereException held)
        {
            throw new InputException(held.Message, held);
        }
        catch (InstrumentException refused)
        {
            throw new InputException(refused.Message, refused);
        }
    }

    private static HardwareProfile Read(string file)
    {
        if (ProfileLibrary.Shipped.Find(file) is { } shipped)
        {
            return shipped;
        }

        var (profile, problems) = ProfileLibrary.ReadFile(file);
        return profile ?? throw new InputException(problems.Select(p => p.ToString()));
    }
}
