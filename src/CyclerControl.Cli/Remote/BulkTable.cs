using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Client.Channels;

namespace CyclerControl.Cli.Remote;

/// <summary>A table of cells: a first row with <c>channel</c> and names of cell quantities, then one line for each channel.</summary>
internal static class BulkTable
{
    /// <exception cref="InputException">All that is wrong with it.</exception>
    public static IReadOnlyList<BulkStartEntry> Read(string path)
    {
        var lines = ProtocolSource.ReadText(path).Split('\n').Select(l => l.Trim('\r', ' ')).ToList();
        var names = Fields(lines[0]);
        if (names is not ["channel", ..])
        {
            throw new InputException($"{path}:1:1: header: '{lines[0]}' does not begin with 'channel'; write channel,area,id and below it demo/1,0.785cm2,A17");
        }

        var problems = new List<string>();
        var entries = new List<BulkStartEntry>();
        foreach (var (line, number) in lines.Select((l, i) => (l, i + 1)).Skip(1).Where(l => l.l.Length > 0))
        {
            var fields = Fields(line);
            if (fields.Length != names.Length)
            {
                problems.Add($"{path}:{number}:1: line: has {fields.Length} fields, the header {names.Length}; leave a field empty where there is nothing to say");
            }
            else if (entries.Any(e => e.Channel == fields[0]))
            {
                problems.Add($"{path}:{number}:1: channel: '{fields[0]}' stands here twice; keep one line");
            }
            else
            {
                entries.Add(new BulkStartEntry(fields[0], CellOf(names, fields)));
            }
        }

        if (entries.Count == 0 && problems.Count == 0)
        {
            problems.Add($"{path}:2:1: table: has no lines; write one for each channel");
        }

        return problems.Count == 0 ? entries : throw new InputException(problems);
    }

    private static string? CellOf(string[] names, string[] fields)
    {
        var pairs = names.Zip(fields).Skip(1).Where(p => p.Second.Length > 0).Select(p => $"{p.First}={p.Second}").ToList();
        return pairs.Count == 0 ? null : string.Join(',', pairs);
    }

    private static string[] Fields(string line) => [.. line.Split(',').Select(f => f.Trim())];
}
