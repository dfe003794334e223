using CyclerControl.Client.Security;
using CyclerControl.Service.Audit;
using CyclerControl.Service.Tests.Runs;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string Place => AuditLog.PlaceIn(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Chain_AcrossRestarts_GoesOn()
    {
        await WriteAsync("one", "two");
        await WriteAsync("three");

        var entries = AuditChain.Read(Place, after: 0, most: 100);

        Assert.Equal(["service started", "one", "two", "service stopped", "service started", "three", "service stopped"], entries.Select(e => e.What));
        Assert.Equal(Enumerable.Range(1, 7).Select(i => (long)i), entries.Select(e => e.Seq));
        Assert.Equal(entries.Take(6).Select(e => e.Hash), entries.Skip(1).Select(e => e.Previous));
        var verdict = AuditChain.Verify(Place);
        Assert.Equal((7, entries[^1].Hash), (verdict.Lines, verdict.Head));
        Assert.Empty(verdict.Problems);
    }

    [Fact]
    public async Task File_OfTheLog_IsReadableByItsOwnerOnly()
    {
        await WriteAsync("one");

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Place) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    /// <summary>Every single character of every line matters.</summary>
    [Fact]
    public async Task Verify_AnyCharacterChanged_NamesItsLine()
    {
        await WriteAsync("one", "two", "three");
        var text = await File.ReadAllTextAsync(Place);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                continue;
            }

            var line = text.AsSpan(0, i).Count('\n') + 1;
            await File.WriteAllTextAsync(Place, text[..i] + (text[i] == 'x' ? 'y' : 'x') + text[(i + 1)..]);

            var problem = AuditChain.Verify(Place).Problems;

            Assert.True(problem.Count > 0 && problem[0].StartsWith($"audit.jsonl:{line}: ", StringComparison.Ordinal), $"character {i}: {string.Join('|', problem)}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Verify_LineTakenOut_NamesTheNextOne(int index)
    {
        await WriteAsync("one", "two", "three");
        var lines = (await File.ReadAllLinesAsync(Place)).ToList();
        lines.RemoveAt(index);
        await File.WriteAllTextAsync(Place, string.Join('\n', lines) + "\n");

        Assert.StartsWith($"audit.jsonl:{index + 1}: does not follow", Assert.Single(AuditChain.Verify(Place).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_LinesExchangedOrRepeated_AreNamed()
    {
        await WriteAsync("one", "two");
        var lines = await File.ReadAllLinesAsync(Place);
        await File.WriteAllTextAsync(Place, string.Join('\n', lines[0], lines[2], lines[1], lines[3]) + "\n");
        Assert.NotEmpty(AuditChain.Verify(Place).Problems);
        await File.WriteAllTextAsync(Place, string.Join('\n', lines[0], lines[1], lines[1], lines[2], lines[3]) + "\n");
        Assert.NotEmpty(AuditChain.Verify(Place).Problems);
    }

    [Theory]
    [InlineData("{\"seq\":99,\"what\":\"torn")]
    [InlineData("\0\0\0\0")]
    [InlineData("{")]
    public async Task Open_TornLastLine_IsCutOffAndKeptAsEvidence(string torn)
    {
        await WriteAsync("one");
        await File.AppendAllTextAsync(Place, torn);
        Assert.Empty(AuditChain.Verify(Place).Problems);

        await WriteAsync("two");

        var entries = AuditChain.Read(Place, 0, 100);
        Assert.Equal(["service started", "one", "service stopped", "torn line cut off", "service started", "two", "service stopped"], entries.Select(e => e.What));
        Assert.Equal($"{torn.Length} bytes: {torn}", entries[3].Details);
        Assert.Empty(AuditChain.Verify(Place).Problems);
    }

    [Fact]
    public async Task Open_LastLineTamperedWith_SaysSoAndStartsAnew()
    {
        await WriteAsync("one");
        await File.AppendAllTextAsync(Place, "{\"what\":\"nothing\"}\n");

        await WriteAsync("two");

        Assert.Contains(AuditChain.Read(Place, 0, 100), e => e.What == "chain broken");
        Assert.StartsWith("audit.jsonl:4: ", AuditChain.Verify(Place).Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BrokenFile_FailsAndStopsAreWrittenWhenItIsMended()
    {
        var disk = new BrokenDisk(Place);
        await using (var log = new AuditLog(Place, disk.Open, _time, NullLogger<AuditLog>.Instance))
        {
            Assert.True(await log.WriteAsync(new AuditEntry { What = "before" }));
            disk.IsFull = true;
            Assert.False(await log.WriteAsync(new AuditEntry { What = "refused" }));
            log.Post(new AuditEntry { What = "stop" });
            Assert.False(await log.WriteAsync(new AuditEntry { What = "refused" }));
            Assert.Contains("disk full", log.Problem, StringComparison.Ordinal);

            disk.IsFull = false;
            Assert.True(await log.WriteAsync(new AuditEntry { What = "after" }));
            Assert.Null(log.Problem);
        }

        Assert.Equal(["before", "torn line cut off", "stop", "after"], AuditChain.Read(Place, 0, 100).Select(e => e.What).Where(w => !w.StartsWith("service", StringComparison.Ordinal)));
        Assert.Empty(AuditChain.Verify(Place).Problems);
    }

    [Fact]
    public async Task Write_FromManyAtOnce_IsOneChain()
    {
        await using (var log = Open())
        {
            var written = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => log.WriteAsync(new AuditEntry { What = $"{i}" }))));
            Assert.All(written, Assert.True);
        }

        var verdict = AuditChain.Verify(Place);
        Assert.Empty(verdict.Problems);
        Assert.Equal(202, verdict.Lines);
    }

    private AuditLog Open() => new(_folder.Path, _time, NullLogger<AuditLog>.Instance);

    private async Task WriteAsync(params string[] what)
    {
        await using var log = Open();
        foreach (var word in what)
        {
            Assert.True(await log.WriteAsync(new AuditEntry { What = word, Who = "anna", Why = "a \"reason\" with \u2028 and ü" }));
        }
    }
}
