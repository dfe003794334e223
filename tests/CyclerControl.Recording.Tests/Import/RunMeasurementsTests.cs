using CyclerControl.Core.Runs;
using CyclerControl.Recording.Import;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Import;

public sealed class RunMeasurementsTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Rows_OfASweep_SayIt()
    {
        var folder = temporary.NewRun(1);
        using (var recorder = new Recorder(new ManualTime()).Open(folder, Rows.Header(folder.RunId), new RecorderOptions()))
        {
            for (var n = 0; n < 30; n++)
            {
                recorder.Append(Rows.Row(n) with { StepCount = (n / 10) + 1, StepId = (n / 10) + 1 });
                if (n % 10 == 9)
                    recorder.Append(Rows.Step((n / 10) + 1) with { StepId = (n / 10) + 1, Verb = n == 19 ? "sweep" : "hold" });
            }

            Assert.True(recorder.Finish(new RunEnding(RunOutcome.Stopped, 0, "", null)));
        }

        using var measurements = new RunMeasurements(RunFileReader.Open(folder.Path));
        var swept = new List<bool>();
        while (measurements.Read(out var row))
            swept.Add(row.IsSwept);

        Assert.Equal(Enumerable.Range(0, 30).Select(n => n / 10 == 1), swept);
    }
}
