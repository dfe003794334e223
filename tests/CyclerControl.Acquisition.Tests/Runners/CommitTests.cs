namespace CyclerControl.Acquisition.Tests.Runners;

public sealed class CommitTests
{
    [Fact]
    public void Run_EachBoundary_AsksForACommitOfItsCheckpoint()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(10), TestPrograms.Plate(1e-3, 60), TestPrograms.Strip(1e-3, 60)));
        foreach (var boundary in new[] { 10.0, 70.0 })
        {
            bench.RunTo(boundary - 1);
            var (checkpoints, commits) = (run.Recorder.Checkpoints.Count, run.Recorder.Commits);

            bench.RunTo(boundary + 1);

            Assert.True(run.Recorder.Checkpoints.Count > checkpoints);
            Assert.True(run.Recorder.Commits > commits, $"no commit was asked for at {boundary} s");
        }
    }

    [Fact]
    public void Run_ThatEnds_AsksForACommit()
    {
        var bench = new Bench();
        bench.Turn();
        var run = bench.Start(TestPrograms.Of(TestPrograms.Rest(10), TestPrograms.Plate(1e-3, 60)));
        bench.RunTo(30);
        var commits = run.Recorder.Commits;

        bench.RunTo(75);

        Assert.NotNull(run.Ending);
        Assert.True(run.Recorder.Commits > commits);
    }
}
