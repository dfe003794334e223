using CyclerControl.Cli.CommandLine;
using CyclerControl.Cli.Composition;
using CyclerControl.Cli.Output;
using CyclerControl.Core.Detection.Replay;
using CyclerControl.Core.Documents;
using CyclerControl.Core.Quantities;
using CyclerControl.Recording.Import;

namespace CyclerControl.Cli.Commands;

/// <summary>One `cycler detect`: all files are read once and judged for mistakes, then surveyed, then shown to the detector. Constant memory.</summary>
internal sealed class DetectExecution
{
    public required IReadOnlyList<string> Files { get; init; }

    public required string? Time { get; init; }

    public required string? Voltage { get; init; }

    public required string? Current { get; init; }

    public required string? CurrentValue { get; init; }

    public required string? Cell { get; init; }

    public required string Data { get; init; }

    public required bool Json { get; init; }

    public int Run()
    {
        var problems = new List<Problem>();
        var cell = GivenCell.Read(Cell, problems);
        var columns = new ColumnChoice(Time, Voltage, Current, ReadCurrent(problems));
        var records = Files.Select(file => RecordFile.Find(file, Data, columns, problems)).OfType<RecordFile>().ToList();
        var scales = records.Select(record => Survey(record, problems)).ToList();
        if (problems.Count > 0)
        {
            throw new InputException(problems.Select(p => p.ToString()));
        }

        var output = new FindingOutput(Json, severalFiles: Files.Count > 1);
        foreach (var (record, scale) in records.Zip(scales))
        {
            Search(record, scale, cell, output);
        }

        return output.HasAbortingShort ? ExitCode.ShortFound : output.Count > 0 ? ExitCode.SomethingFound : ExitCode.Planned;
    }

    private static CurrentScale Survey(RecordFile record, List<Problem> problems)
    {
        var list = new ProblemList(record.Name);
        var survey = new CurrentSurvey();
        using (var rows = record.Open(list))
        {
            while (rows.Read(out var row))
            {
                survey.Add(row);
            }

            foreach (var assumption in (rows as TextMeasurements)?.Assumptions ?? [])
            {
                StandardStreams.Problem($"note: {record.Name}: {assumption}");
            }
        }

        problems.AddRange(list.Items);
        return survey.Scale;
    }

    private static void Search(RecordFile record, CurrentScale scale, CellSpec given, FindingOutput output)
    {
        var survey = new CellSurvey(scale);
        using (var rows = record.Open(new ProblemList(record.Name)))
        {
            while (rows.Read(out var row))
            {
                survey.Add(row);
            }
        }

        var replay = new RecordReplay(GivenCell.Over(given, record.Cell), survey.Traits, record.Settings);
        using var again = record.Open(new ProblemList(record.Name));
        while (again.Read(out var row))
        {
            replay.Add(row);
            Print(replay, record, again.FirstSeconds, output);
        }

        replay.Finish();
        Print(replay, record, again.FirstSeconds, output);
    }

    private static void Print(RecordReplay replay, RecordFile record, double firstSeconds, FindingOutput output)
    {
        while (replay.TryTake(out var finding))
        {
            output.Print(record.Name, finding!, firstSeconds);
        }
    }

    private double? ReadCurrent(List<Problem> problems)
    {
        if (CurrentValue is null)
        {
            return null;
        }

        var reading = QuantityParser.Parse(CurrentValue, Dimension.Current);
        if (reading.Quantity is not { } quantity)
        {
            problems.Add(new Problem("--current-value", 1, 1, "current", CurrentValue, reading.Message, reading.Cure));
            return 1; // so that its column is not asked for as well
        }

        if (quantity.BaseValue == 0)
        {
            problems.Add(new Problem("--current-value", 1, 1, "current", CurrentValue, "is no current: without one there is nothing to judge", "write --current-value 1mA"));
        }

        return quantity.BaseValue;
    }
}
