using System.Text;
using CyclerControl.Service.Exports;
using CyclerControl.Service.Tests.Runs;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Exports;

/// <summary>Exports by themselves, on time that the test moves.</summary>
public sealed class ExportScheduleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _running = [];
    private readonly List<string> _written = [];
    private Exception? _failure;

    private string Share => Path.Combine(_folder.Path, "share");

    public ExportScheduleTests() => Directory.CreateDirectory(Share);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ended_Run_IsExportedOnceUnderItsName()
    {
        var schedule = Schedule(every: null);
        Assert.Null(schedule.Turn(default));

        schedule.Ended("run-1");
        Assert.Null(schedule.Turn(default));
        _time.Pass(TimeSpan.FromDays(1));
        schedule.Turn(default);

        Assert.Equal(["run-1"], _written);
        Assert.Equal("rows of run-1", File.ReadAllText(Path.Combine(Share, "run-1.bdf.csv")));
        Assert.Single(Directory.GetFiles(Share));
    }

    [Fact]
    public void Every_Hour_ExportsWhatRunsThen()
    {
        var schedule = Schedule(TimeSpan.FromHours(1));
        _running.Add("run-1");
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1), schedule.Turn(default));
        Assert.Empty(_written);

        for (var i = 0; i < 6; i++)
        {
            _time.Pass(TimeSpan.FromMinutes(30));
            schedule.Turn(default);
        }

        _running.Clear();
        _time.Pass(TimeSpan.FromHours(5));
        schedule.Turn(default);

        Assert.Equal(["run-1", "run-1", "run-1"], _written);
    }

    [Fact]
    public void AtEndOff_EndedRun_IsLeftAlone()
    {
        var schedule = Schedule(TimeSpan.FromHours(1), atEnd: false);

        schedule.Ended("run-1");
        schedule.Turn(default);

        Assert.Empty(_written);
    }

    [Fact]
    public void Share_AwayForThreeDays_GetsTheRunWhenItIsBackAndNeverHalfOfIt()
    {
        Directory.Delete(Share);
        var schedule = Schedule(every: null);
        schedule.Ended("run-1");
        var turns = 0;
        for (var until = _time.GetUtcNow() + TimeSpan.FromDays(3); _time.GetUtcNow() < until; turns++)
        {
            var next = schedule.Turn(default)!.Value;
            Assert.InRange(next - _time.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
            _time.Pass(next - _time.GetUtcNow());
        }

        Assert.InRange(turns, 72, 100);
        Directory.CreateDirectory(Share);
        Assert.Null(schedule.Turn(default));
        Assert.Equal(["run-1.bdf.csv"], Directory.GetFiles(Share).Select(Path.GetFileName));
    }

    [Fact]
    public void Share_BreaksWhileWriting_LeavesTheOldFileAndNoPart()
    {
        var schedule = Schedule(every: null);
        schedule.Ended("run-1");
        schedule.Turn(default);
        _failure = new IOException("gone");
        schedule.Ended("run-1");

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(1), schedule.Turn(default));

        Assert.Equal(["run-1.bdf.csv"], Directory.GetFiles(Share).Select(Path.GetFileName));
        Assert.Equal("rows of run-1", File.ReadAllText(Path.Combine(Share, "run-1.bdf.csv")));
        Assert.Equal(["run-1"], schedule.Waiting);
    }

    [Fact]
    public void OneRun_ThatCannotBeRead_DoesNotHoldUpOthers()
    {
        var schedule = Schedule(every: null);
        _failure = new InvalidOperationException("no such run");
        schedule.Ended("bad");
        schedule.Turn(default);
        _failure = null;
        schedule.Ended("good");
        schedule.Turn(default);

        Assert.True(File.Exists(Path.Combine(Share, "good.bdf.csv")));
        Assert.Equal(["bad"], schedule.Waiting);
    }

    [Fact]
    public void Share_AwayForMoreThanAWeek_IsGivenUp()
    {
        Directory.Delete(Share);
        var schedule = Schedule(every: null);
        schedule.Ended("run-1");
        schedule.Turn(default);
        _time.Pass(TimeSpan.FromDays(8));

        Assert.Null(schedule.Turn(default));
        Assert.Empty(schedule.Waiting);
    }

    [Fact]
    public void Restart_WhileTheShareIsAway_RemembersWhatWaits()
    {
        Directory.Delete(Share);
        var before = Schedule(every: null);
        before.Ended("run-1");
        before.Turn(default);
        Directory.CreateDirectory(Share);

        var after = Schedule(every: null);
        Assert.Equal(["run-1"], after.Waiting);
        after.Turn(default);

        Assert.True(File.Exists(Path.Combine(Share, "run-1.bdf.csv")));
        Assert.Empty(Schedule(every: null).Waiting);
    }

    private ExportSchedule Schedule(TimeSpan? every, bool atEnd = true) => new(
        new ExportPlan(Share, "bdf", every, atEnd), () => _running, Write, _folder.Path, _time, NullLogger<ExportSchedule>.Instance);

    private void Write(string run, Stream stream)
    {
        stream.Write(Encoding.UTF8.GetBytes("rows of "));
        if (_failure is not null)
        {
            throw _failure;
        }

        stream.Write(Encoding.UTF8.GetBytes(run));
        _written.Add(run);
    }
}
