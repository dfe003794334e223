using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Catalogue;

public sealed class RunCatalogueTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly RunCatalogue catalogue;

    public RunCatalogueTests() => catalogue = new RunCatalogue(temporary.Data);

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Find_NoRuns_SaysSo() =>
        Assert.Contains("no runs", Assert.Throws<RecordingException>(() => catalogue.Find("last")).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_IdPrefixPathAndLast_AreTheRun()
    {
        var first = Record(1, Rows.Ended());
        var second = Record(2, Rows.Ended(RunOutcome.Stopped));
        Assert.Equal([first.RunId, second.RunId], catalogue.Runs.Select(r => r.RunId));
        Assert.Equal(second.RunId, catalogue.Find("last").RunId);
        Assert.Equal(first.RunId, catalogue.Find(first.RunId).RunId);
        Assert.Equal(first.RunId, catalogue.Find(first.RunId[..^1]).RunId);
        Assert.Equal(first.RunId, catalogue.Find(first.Path).RunId);
        Assert.Equal(first.RunId, catalogue.Find(first.RunFilePath).RunId);
        Assert.Equal(RunOutcome.Stopped, catalogue.Find("last").Outcome);

        var several = Assert.Throws<RecordingException>(() => catalogue.Find("2026"));
        Assert.Contains(first.RunId, several.Message, StringComparison.Ordinal);
        Assert.Contains(second.RunId, several.Message, StringComparison.Ordinal);
        Assert.Contains("no such run", Assert.Throws<RecordingException>(() => catalogue.Find("1999")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_AddedLateByARefresh_StandWhereTheyWereRecorded()
    {
        var early = Rows.Header("20260101-080000-demo-1-aaaa");
        var late = Rows.Header("20260102-080000-demo-1-aaaa");
        catalogue.Add(late);
        catalogue.Add(early);
        Assert.Equal([early.RunId, late.RunId], catalogue.Runs.Select(r => r.RunId));
    }

    [Fact]
    public void Refresh_RunLeftOpen_BecomesInterrupted()
    {
        Record(1, null);
        Assert.Null(Assert.Single(catalogue.Runs).Outcome);
        Assert.Empty(catalogue.Refresh());
        Assert.Equal(RunOutcome.Interrupted, Assert.Single(catalogue.Runs).Outcome);
    }

    [Fact]
    public void Refresh_RunBeingRecorded_IsLeftAlone()
    {
        var folder = temporary.NewRun();
        using var recorder = new Recorder(new ManualTime()).Open(folder, Rows.Header(folder.RunId), new RecorderOptions());
        recorder.Append(Rows.Row(0));
        Assert.Empty(catalogue.Refresh());
        Assert.Null(Assert.Single(catalogue.Runs).Outcome);
        Assert.True(recorder.Finish(Rows.Ended()));
        Assert.Empty(catalogue.Refresh());
        Assert.Equal(RunOutcome.Completed, Assert.Single(catalogue.Runs).Outcome);
    }

    [Fact]
    public void Refresh_CatalogueLostOrDamaged_IsRebuilt()
    {
        Record(1, Rows.Ended());
        Record(2, Rows.Ended());
        var before = catalogue.Runs.Select(r => r.RunId).Order(StringComparer.Ordinal).ToList();
        File.WriteAllText(temporary.Data.CataloguePath, new string('x', 5000));
        Assert.Empty(catalogue.Refresh());
        Assert.Equal(before, catalogue.Runs.Select(r => r.RunId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Refresh_FolderGoneOrUnreadable_ForgetsAndReports()
    {
        var run = Record(1, Rows.Ended());
        Directory.Delete(run.Path, recursive: true);
        var odd = Directory.CreateDirectory(Path.Combine(temporary.Data.RunsPath, "odd")).FullName;
        File.WriteAllText(Path.Combine(odd, "run.sqlite"), new string('x', 5000));
        var problem = Assert.Single(catalogue.Refresh());
        Assert.Contains("not a sound run file", problem, StringComparison.Ordinal);
        Assert.Empty(catalogue.Runs);
    }

    private RunFolder Record(int seed, RunEnding? ending)
    {
        var folder = temporary.NewRun(seed);
        var header = Rows.Header(folder.RunId);
        using var recorder = new Recorder(new ManualTime()).Open(folder, header, new RecorderOptions());
        catalogue.Add(header);
        recorder.Append(Rows.Row(0));
        if (ending is not null)
        {
            Assert.True(recorder.Finish(ending));
            catalogue.SetEnding(header, ending);
        }

        return folder;
    }
}
