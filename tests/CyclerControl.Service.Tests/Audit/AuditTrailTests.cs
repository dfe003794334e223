using System.Net;
using CyclerControl.Client.Security;
using CyclerControl.Service.Audit;
using CyclerControl.Service.Tests.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyclerControl.Service.Tests.Audit;

/// <summary>What of the requests is in the audit log.</summary>
public sealed class AuditTrailTests
{
    private const string Channel = "/api/v1/channels/demo/1";

    [Fact]
    public async Task Change_WithAReason_IsWrittenWithWhoWhatWhereAndWhy()
    {
        await using var bench = await DoorBench.StartAsync();
        await bench.StatusAsync(HttpMethod.Post, Channel + "/stop", bench.TokenOf("vera", "viewer"), """{"reason":"smells of \"solvent\"","operator":"Vera"}""");

        var entry = Assert.Single(await EntriesAsync(bench), e => e.What.EndsWith("/stop", StringComparison.Ordinal));
        Assert.Equal(("vera", "viewer", "127.0.0.1"), (entry.Who, entry.Role, entry.From));
        Assert.Equal("POST /api/v1/channels/{instrument}/{number:int}/stop", entry.What);
        Assert.Equal(("demo/1", "smells of \"solvent\"", "operator=Vera", 200), (entry.Target, entry.Why, entry.Details, entry.Status));
        Assert.StartsWith("idle, output ", entry.Before, StringComparison.Ordinal);
        Assert.StartsWith("idle, output ", entry.After, StringComparison.Ordinal);
        Assert.Equal(bench.Time.GetUtcNow(), entry.Utc);
    }

    [Fact]
    public async Task Change_IsWrittenBeforeItIsDone()
    {
        await using var bench = await DoorBench.StartAsync();
        await bench.StatusAsync(HttpMethod.Post, "/api/v1/tokens", bench.Admin, "{\"name\":\"anna\",\"role\":\"operator\"}");
        await bench.StatusAsync(HttpMethod.Post, "/api/v1/tokens", bench.TokenOf("vera", "viewer"), "{\"name\":\"ben\",\"role\":\"admin\"}");

        var entries = (await EntriesAsync(bench)).Where(e => e.What.EndsWith("POST /api/v1/tokens", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [("asked: POST /api/v1/tokens", "admin", null), ("POST /api/v1/tokens", "admin", 200), ("POST /api/v1/tokens", "vera", (int?)403)],
            entries.Select(e => (e.What, e.Who, e.Status)));
    }

    [Fact]
    public async Task DiskFull_NotEvenTheFirstChangeIsDone()
    {
        BrokenDisk disk = null!;
        await using var bench = await DoorBench.StartAsync(
            prepare: b => disk = new BrokenDisk(AuditLog.PlaceIn(b.Data)),
            add: services => services.AddSingleton(p => new AuditLog("audit.jsonl", disk.Open, TimeProvider.System, NullLogger<AuditLog>.Instance)));
        var tokens = bench.Tokens.All.Count;
        disk.IsFull = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await bench.StatusAsync(HttpMethod.Post, "/api/v1/tokens", bench.Admin, "{\"name\":\"anna\",\"role\":\"operator\"}"));
        Assert.Equal(tokens, bench.Tokens.All.Count);
    }

    [Fact]
    public async Task Refusals_OfEveryKind_AreWritten()
    {
        await using var bench = await DoorBench.StartAsync();
        var viewer = bench.TokenOf("vera", "viewer");
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", null);
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", "cyc_wrong");
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", viewer);
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", bench.Admin);
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", bench.Admin, null, r => r.Headers.Host = "evil.example");
        await bench.StatusAsync(HttpMethod.Post, "/api/v1/nothing", bench.Admin);
        await bench.StatusAsync(HttpMethod.Post, Channel + "/start", bench.Admin, "[");
        await bench.StatusAsync(HttpMethod.Get, Channel, null);

        Assert.Equal([401, 401, 403, 409, 421, 404, 400], (await EntriesAsync(bench)).Where(e => e.Status is not null).Select(e => e.Status!.Value));
    }

    [Fact]
    public async Task Logins_GoodAndBad_AreWrittenWithoutTheToken()
    {
        await using var bench = await DoorBench.StartAsync();
        await bench.StatusAsync(HttpMethod.Post, "/api/v1/login", null, """{"token":"cyc_guess"}""");
        await bench.StatusAsync(HttpMethod.Post, "/api/v1/login", null, $$"""{"token":"{{bench.Admin}}"}""");
        await bench.StatusAsync(HttpMethod.Post, "/api/v1/tokens", bench.Admin, """{"name":"anna","role":"operator"}""");
        await bench.StatusAsync(HttpMethod.Delete, "/api/v1/tokens/anna", bench.Admin);

        var entries = (await EntriesAsync(bench)).Where(e => e.Status is not null).ToList();
        Assert.Equal([(null, 401), ("admin", 200), ("admin", 200), ("admin", 200)], entries.Select(e => (e.Who, e.Status!.Value)));
        Assert.Equal("name=anna, role=operator", entries[2].Details);
        Assert.Equal("anna", entries[3].Target);
        var text = await File.ReadAllTextAsync(AuditLog.PlaceIn(bench.Data));
        Assert.DoesNotContain("cyc_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flood_OfRefusals_IsCountedInsteadOfFillingTheDisk()
    {
        await using var bench = await DoorBench.StartAsync();
        for (var i = 0; i < 300; i++)
        {
            await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", "cyc_wrong");
        }

        bench.Time.Pass(TimeSpan.FromSeconds(10));
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", "cyc_wrong");

        var entries = (await EntriesAsync(bench)).Where(e => e.Status is not null).ToList();
        Assert.Equal(101, entries.Count);
        Assert.Equal(200, entries[^1].Unlisted);
    }

    [Fact]
    public async Task BrokenLog_ChangesAreRefusedAndStopIsNot()
    {
        await using var bench = await DoorBench.StartAsync(prepare: b => Directory.CreateDirectory(AuditLog.PlaceIn(b.Data)));
        var viewer = bench.TokenOf("viewer");

        while (bench.Web.Services.GetRequiredService<AuditLog>().Problem is null)
        {
            await Task.Yield();
        }

        using var refused = await bench.SendAsync(HttpMethod.Post, Channel + "/acknowledge", bench.Admin);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("audit log cannot be written", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, Channel + "/stop", viewer, """{"reason":"smoke"}"""));
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Post, "/api/v1/stop-all", viewer));
        Assert.Equal(HttpStatusCode.OK, await bench.StatusAsync(HttpMethod.Get, "/api/v1/channels", viewer));
        using (var health = await bench.SendAsync(HttpMethod.Get, "/health/ready", null))
        {
            Assert.Contains("audit log cannot be written", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Directory.Delete(AuditLog.PlaceIn(bench.Data));
        await bench.StatusAsync(HttpMethod.Post, Channel + "/acknowledge", bench.Admin);
        Assert.Equal(HttpStatusCode.Conflict, await bench.StatusAsync(HttpMethod.Post, Channel + "/acknowledge", bench.Admin));
        Assert.Contains(await EntriesAsync(bench), e => e.Why == "smoke");
    }

    [Fact]
    public async Task Api_Audit_ListsAndVerifies()
    {
        await using var bench = await DoorBench.StartAsync();
        await bench.StatusAsync(HttpMethod.Post, Channel + "/pause", bench.Admin);

        using var list = await bench.SendAsync(HttpMethod.Get, "/api/v1/audit?after=1&limit=1", bench.Admin);
        using var verdict = await bench.SendAsync(HttpMethod.Get, "/api/v1/audit/verify", bench.Admin);

        Assert.Contains("/pause", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"problems\":[]", await verdict.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await bench.StatusAsync(HttpMethod.Get, "/api/v1/audit?limit=0", bench.Admin));
    }

    /// <summary>All that has been handed over by now is in the file.</summary>
    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(DoorBench bench)
    {
        await bench.Web.Services.GetRequiredService<AuditLog>().WriteAsync(new AuditEntry { What = "looked at" });
        return AuditChain.Read(AuditLog.PlaceIn(bench.Data), 0, 10_000);
    }
}
