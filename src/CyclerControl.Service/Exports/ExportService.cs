using CyclerControl.Recording.Export;
using CyclerControl.Recording.Files;
using CyclerControl.Service.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Exports;

/// <summary>Calls the schedule, on a thread of its own: a share that hangs holds up nothing but exports.</summary>
internal sealed class ExportService : IHostedService, IDisposable
{
    private readonly ExportSchedule _schedule;
    private readonly RunFollowUp _followUp;
    private readonly TimeProvider _time;
    private readonly AutoResetEvent _wake = new(false);
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;

    public ExportService(
        ExportPlan plan, RunArchive archive, RunBoard board, RunFollowUp followUp, DataFolder data, TimeProvider time, ILogger<ExportSchedule> logger)
    {
        _followUp = followUp;
        _time = time;
        _schedule = new ExportSchedule(plan, () => Running(board), (run, stream) => Write(archive, plan, run, stream), data.Path, time, logger);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _followUp.Listen((run, _) =>
        {
            if (run.Session.RunId is { } id)
            {
                _schedule.Ended(id);
                _wake.Set();
            }
        });
        _thread = new Thread(Work) { IsBackground = true, Name = "export" };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>What has not been exported by now is remembered; nothing waits for a share.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        _wake.Set();
        return Task.CompletedTask;
    }

    public void Dispose() => _stop.Dispose();

    private static List<string> Running(RunBoard board) => [.. board.All.Where(r => !r.Session.Conclusion.IsCompleted).Select(r => r.Session.RunId).OfType<string>()];

    private static void Write(RunArchive archive, ExportPlan plan, string run, Stream stream)
    {
        var opened = archive.Open(run);
        using var reader = opened.Value ?? throw new InvalidOperationException(opened.Refusal!.ToString());
        if (plan.Format == "csv")
        {
            CsvExporter.Write(reader, stream);
        }
        else
        {
            BdfExporter.Write(reader, stream);
        }
    }

    private void Work()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            var pause = _schedule.Turn(stop) is { } next ? next - _time.GetUtcNow() : Timeout.InfiniteTimeSpan;
            if (pause != TimeSpan.Zero && !stop.IsCancellationRequested)
            {
                _wake.WaitOne(pause == Timeout.InfiniteTimeSpan ? pause : pause < TimeSpan.Zero ? TimeSpan.Zero : pause);
            }
        }
    }
}
