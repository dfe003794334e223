using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;

namespace CyclerControl.Recording.Tests.Reading;

public sealed class RunOverviewTests : IDisposable
{
    private const int Count = 5000;

    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;

    public RunOverviewTests()
    {
        var folder = _temporary.NewRun();
        _folder = folder.Path;
        using var host = new RecorderHost();
        using var recorder = host.Open(folder, Rows.Header(), new RecorderOptions { Clock = ClockKind.Virtual });
        for (var n = 0; n < Count; n++)
        {
            recorder.Append(Spiky(n));
        }

        Assert.True(recorder.Flush());
    }

    /// <summary>Whatever is asked for, the pieces follow one another without a gap and lose no peak.</summary>
    [Fact]
    public void Decimate_AnyRange_CoversItWithItsExtremes()
    {
        using var reader = RunFileReader.Open(_folder);
        var overview = new RunOverview();
        var random = new Random(20);
        for (var i = 0; i < 300; i++)
        {
            var first = random.Next(1, Count + 1);
            var last = random.Next(first, Count + 1);
            var wanted = random.Next(1, 60);

            var buckets = overview.Decimate(reader, first, last, wanted);

            Assert.InRange(buckets.Count, 1, wanted + 1);
            var seq = (long)first;
            foreach (var bucket in buckets)
            {
                Assert.Equal(seq, bucket.FirstSeq);
                var rows = Enumerable.Range((int)seq - 1, (int)bucket.Rows).Select(Spiky).ToList();
                Assert.Equal(rows.Min(r => r.Volts), bucket.MinVolts);
                Assert.Equal(rows.Max(r => r.Volts), bucket.MaxVolts);
                Assert.Equal(rows.Min(r => r.Amperes), bucket.MinAmperes);
                Assert.Equal(rows.Max(r => r.Amperes), bucket.MaxAmperes);
                Assert.Equal((rows[0].TimeNanoseconds, rows[^1].TimeNanoseconds), (bucket.FirstNanoseconds, bucket.LastNanoseconds));
                seq += bucket.Rows;
            }

            Assert.Equal(last + 1, seq);
        }
    }

    [Fact]
    public void Load_KeptOverview_SaysTheSame()
    {
        using var reader = RunFileReader.Open(_folder);
        var overview = new RunOverview();
        overview.Extend(reader);
        overview.Save(_folder);

        var loaded = RunOverview.Load(_folder);

        Assert.Equal(Count / RunOverview.BlockRows * RunOverview.BlockRows, loaded.Rows);
        Assert.Equal(overview.Decimate(reader, 1, Count, 4), loaded.Decimate(reader, 1, Count, 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-5)]
    public void Load_DamagedFile_IsLeftAside(int length)
    {
        using var reader = RunFileReader.Open(_folder);
        var overview = new RunOverview();
        overview.Extend(reader);
        overview.Save(_folder);
        var path = Path.Combine(_folder, RunOverview.FileName);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, length >= 0 ? bytes[..length] : bytes[..^-length]);

        Assert.Equal(0, RunOverview.Load(_folder).Rows);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(0.5, 2)]
    [InlineData(10, 11)]
    [InlineData(4999, 5000)]
    [InlineData(5000, 5001)]
    public void SeqAt_Time_IsTheFirstRowFromThereOn(double seconds, long expected)
    {
        using var reader = RunFileReader.Open(_folder);

        Assert.Equal(expected, reader.SeqAt((long)(seconds * 1e9)));
    }

    public void Dispose() => _temporary.Dispose();

    private static SampleRow Spiky(int n) => Rows.Row(n) with { Volts = Math.Sin(n * 12.9898) * 43758.5453 % 1, Amperes = n % 911 == 0 ? 5 : -n * 1e-6 };
}
