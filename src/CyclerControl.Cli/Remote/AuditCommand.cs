using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Commands;
using CyclerControl.Cli.Output;
using CyclerControl.Client;
using CyclerControl.Client.Security;
using CyclerControl.Service.Audit;

namespace CyclerControl.Cli.Remote;

/// <summary>`cycler audit`: who did what, when, from where and why; and whether the log is whole.</summary>
public sealed class AuditCommand : RemoteCommand
{
    private const int Usual = 50;

    public override IReadOnlyList<string> Examples { get; } = ["cycler audit", "cycler audit --verify", "cycler audit --last 1000 --json"];

    internal override Command Build()
    {
        var verify = new Option<bool>("--verify") { Description = "Walk the chain of hashes and name each line that was changed, taken out or put in." };
        var last = new Option<int>("--last") { Description = "How many lines.", DefaultValueFactory = _ => Usual, HelpName = "N" };
        var data = new Option<string?>("--data") { Description = "Read the log of a data folder instead of asking the service.", HelpName = "FOLDER" };
        var json = CommonOptions.Json();
        var command = new Command("audit", "List who did what (administrators only), or verify that nobody changed the list.") { verify, last, data, json };
        Service.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var (count, isJson) = (parsed.GetValue(last), parsed.GetValue(json));
            if (count is < 1 or > 10_000)
            {
                throw new InputException($"--last: {count} is not within 1 to 10000");
            }

            return parsed.GetValue(verify)
                ? Service.AskOrReadAsync(parsed, data, async client => Judge(await client.VerifyAuditAsync(stop), isJson), folder => Judge(AuditChain.Verify(PlaceIn(folder)), isJson))
                : Service.AskOrReadAsync(parsed, data, async client => List(await client.AuditAsync(count, stop), isJson), folder => List(AuditChain.Last(PlaceIn(folder), count), isJson));
        });
        return WithExamples(command);
    }

    private static string PlaceIn(string folder)
    {
        var file = AuditLog.PlaceIn(folder);
        return File.Exists(file) ? file : throw new InputException($"{file}: there is no audit log; name the data folder of a service with --data");
    }

    private static int Judge(AuditVerdict verdict, bool json)
    {
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(verdict, ApiJson.Options));
        }

        if (verdict.Problems.Count > 0)
        {
            throw new InputException(verdict.Problems.Append("the audit log was changed after it was written; compare it with a backup"));
        }

        if (!json)
        {
            StandardStreams.Line(string.Create(CultureInfo.InvariantCulture, $"{verdict.Lines} lines, the chain holds; last hash {verdict.Head}"));
        }

        return ExitCode.Planned;
    }

    private static int List(IReadOnlyList<AuditEntry> entries, bool json)
    {
        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(entries, ApiJson.Options));
            return ExitCode.Planned;
        }

        foreach (var entry in entries)
        {
            StandardStreams.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Seq,6} {entry.Utc:yyyy-MM-dd HH:mm:ss}Z {entry.Who ?? "-"} ({entry.Role ?? "-"}, {entry.From ?? "-"}): {entry.What}{Words(entry)}"));
        }

        return ExitCode.Planned;
    }

    /// <summary>What others have written may hold anything: on a terminal it is shown without control characters.</summary>
    private static string Words(AuditEntry entry)
    {
        var words = string.Concat(
            entry.Target is { } target ? $" {target}" : "",
            entry.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $" -> {status}") : "",
            entry.Before is { } before ? $" [{before}{(entry.After is { } after ? " -> " + after : "")}]" : "",
            entry.Details is { } details ? $" {details}" : "",
            entry.Why is { } why ? $" because: {why}" : "",
            entry.Unlisted is { } count ? string.Create(CultureInfo.InvariantCulture, $" (and {count} like it)") : "");
        return string.Concat(words.Select(c => char.IsControl(c) ? '?' : c));
    }
}
