using System.Globalization;
using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Land;

/// <summary>Which of the vendor's files is written.</summary>
public enum LandFileKind
{
    Cex,
    Csv,
    Txt,
}

/// <summary>
/// Stands in for the vendor's software: the same recipe on each cell, and a file for each channel that grows. Owns no timer and no thread: it writes what has
/// happened whenever <see cref="BringUpToNow"/> is called.
/// </summary>
public sealed class LandSoftware : IDisposable
{
    private readonly SimulatedCycler _cycler;
    private readonly List<(FileStream File, LandTest Test, ILandFileWriter Writer)> _tests = [];

    /// <param name="cycler">The cells.</param>
    /// <param name="cells">Of the cycler's channels, so many; a test each.</param>
    /// <param name="folder">Where files go. A new name is taken for each; none is overwritten.</param>
    /// <param name="firstChannel">Number of the first cell's channel, from 1 to 255; the others follow.</param>
    /// <param name="recordSeconds">Between two records.</param>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public LandSoftware(SimulatedCycler cycler, int cells, string folder, LandFileKind kind, LandRecipe recipe, int firstChannel = 1, double recordSeconds = 10)
    {
        ArgumentNullException.ThrowIfNull(cycler);
        ArgumentNullException.ThrowIfNull(recipe);
        _cycler = cycler;
        _ = Directory.CreateDirectory(folder);
        lock (cycler.Gate)
        {
            try
            {
                var now = cycler.NowNanoseconds;
                foreach (var output in cycler.Channels.Take(cells))
                {
                    var channel = firstChannel + output.Number - 1;
                    var file = Create(folder, kind, output.Cell.Name, channel);
                    ILandFileWriter writer = kind switch
                    {
                        LandFileKind.Cex => new CexFileWriter(),
                        LandFileKind.Csv => new LandtCsvFileWriter(),
                        _ => new LandtTxtFileWriter(),
                    };
                    writer.BeginTest(file, channel, cycler.DateOf(now), recipe);
                    _tests.Add((file, new LandTest(output, recipe, recordSeconds, writer, now), writer));
                    file.Flush();
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }
    }

    /// <summary>Full paths, first channel first.</summary>
    public IReadOnlyList<string> Files => [.. _tests.Select(test => test.File.Name)];

    /// <summary>Every recipe has come to its end.</summary>
    public bool IsOver => _tests.TrueForAll(test => test.Test.IsOver);

    /// <summary>Runs the recipes up to the clock's present and writes their records.</summary>
    public void BringUpToNow()
    {
        lock (_cycler.Gate)
        {
            foreach (var (file, test, writer) in _tests)
            {
                if (!test.IsOver)
                {
                    test.BringUpTo(_cycler.NowNanoseconds);
                    writer.Save(test.TestSeconds);
                    file.Flush();
                }
            }
        }
    }

    public void Dispose() => _tests.ForEach(test => test.File.Dispose());

    private static FileStream Create(string folder, LandFileKind kind, string cell, int channel)
    {
        for (var number = 1; ; number++)
        {
            var name = kind == LandFileKind.Cex
                ? string.Create(CultureInfo.InvariantCulture, $"{cell}_{channel:000}_{number}.cex")
                : string.Create(CultureInfo.InvariantCulture, $"{cell}-{number}_{channel}.{(kind == LandFileKind.Csv ? "csv" : "txt")}");
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            }
        }
    }
}
