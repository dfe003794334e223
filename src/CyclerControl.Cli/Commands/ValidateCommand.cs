using System.CommandLine;
using System.Text.Json;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Protocols;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Cli.Commands;

/// <summary>`cycler validate`: every problem of a protocol, profile or station file, each in one line.</summary>
public sealed class ValidateCommand : CyclerCommand
{
    private static readonly string[] s_heads = ["protocol", "profile", "station"];

    public override IReadOnlyList<string> Examples { get; } =
    [
        "cycler validate protocols/ccd-step-increased.yaml",
        "cycler validate hardware-profiles/keithley-2450.yaml --json",
    ];

    internal override Command Build()
    {
        var file = new Argument<string[]>("file") { Description = "Protocol, profile or station files.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var command = new Command("validate", "Check protocol, profile and station files; tells all problems of each.") { file, json };
        command.SetAction(parsed => Validate(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return WithExamples(command);
    }

    private static int Validate(IReadOnlyList<string> files, bool json)
    {
        var results = files.Select(f => (File: f, Result: Check(f, ProtocolSource.ReadText(f)))).ToList();
        foreach (var problem in results.SelectMany(r => r.Result.Problems))
        {
            StandardStreams.Problem(problem.ToString());
        }

        if (json)
        {
            StandardStreams.Line(JsonSerializer.Serialize(results.Select(r => new
            {
                file = r.File,
                kind = r.Result.Kind,
                valid = r.Result.Problems.Count == 0,
                problems = r.Result.Problems.Select(p => new { line = p.Line, column = p.Column, path = p.Path, value = p.Value, problem = p.Message, cure = p.Cure }),
            })));
        }
        else
        {
            foreach (var (name, result) in results.Where(r => r.Result.Problems.Count == 0))
            {
                StandardStreams.Line($"{name}: valid {result.Kind}");
            }
        }

        return results.Any(r => r.Result.Problems.Count > 0) ? ExitCode.InvalidInput : ExitCode.Planned;
    }

    private static (string Kind, IReadOnlyList<Problem> Problems) Check(string file, string text)
    {
        var problems = new ProblemList(file);
        var root = DocumentReader.Read(file, text, problems);
        if (root is null)
        {
            return ("file", problems.Items);
        }

        return s_heads.FirstOrDefault(head => root.Entries.Any(e => e.Key == head)) switch
        {
            "protocol" => ("protocol", ProtocolReader.Read(file, text).Problems),
            "profile" => ("profile", ProfileReader.Read(file, text).Problems),
            "station" => ("station", StationReader.Read(file, text, ProfileLibrary.Shipped).Problems),
            _ => ("file", [new Problem(file, 1, 1, "file", null, "is neither a protocol nor a profile nor a station", "begin with one of 'protocol:', 'profile:' or 'station:'")]),
        };
    }
}
