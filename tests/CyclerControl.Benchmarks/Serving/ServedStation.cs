using System.Diagnostics;
using System.Globalization;
using CyclerControl.Client;
using CyclerControl.Client.Channels;
using CyclerControl.Core.Channels;

namespace CyclerControl.Benchmarks.Serving;

/// <summary>A `cycler serve` in a process of its own over instruments that are there already; killed when disposed.</summary>
internal sealed class ServedStation : IDisposable
{
    private const string Listening = "listening on ";

    private readonly Process process;

    private ServedStation(Process process, Uri url, string token)
    {
        this.process = process;
        Url = url;
        Token = token;
        Client = new CyclerClient(url, token);
    }

    public Uri Url { get; }

    /// <summary>Of the administrator.</summary>
    public string Token { get; }

    public CyclerClient Client { get; }

    /// <summary>Memory that belongs to the process, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static ServedStation Start(string data, IReadOnlyList<InstrumentAddress> instruments)
    {
        Directory.CreateDirectory(data);
        var station = Path.Combine(data, "station.yaml");
        File.WriteAllText(station, "station: station\ninstruments:\n" + string.Concat(instruments.Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"  - {{ name: {i.Name}, profile: {i.Profile}, connect: \"{i.Connect}\" }}\n"))));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "cycler.dll"), "serve", "--station", station, "--data", data, "--url", "http://127.0.0.1:0"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var started = Process.Start(start)!;
        var problems = new System.Text.StringBuilder();
        started.ErrorDataReceived += (_, e) => problems.AppendLine(e.Data);
        started.BeginErrorReadLine();
        var line = started.StandardOutput.ReadLine();
        while (line?.StartsWith(Listening, StringComparison.Ordinal) == false)
            line = started.StandardOutput.ReadLine();
        if (line is null)
            throw new InvalidOperationException("the service did not start: " + problems);
        return new ServedStation(started, new Uri(line[Listening.Length..]), File.ReadAllText(Path.Combine(data, "admin.token")).Trim());
    }

    /// <summary>Starts one protocol on the first so many channels of each instrument, and waits until all run.</summary>
    public async Task StartAllAsync(IReadOnlyList<InstrumentAddress> instruments, int channelsEach, string protocol)
    {
        var order = new StartRequest { Protocol = "bench.yaml", ProtocolText = protocol, Cell = "area=0.785cm2", OverrideReason = "a benchmark" };
        var results = await Client.BulkStartAsync(new BulkStartRequest
        {
            Start = order,
            Channels = [.. instruments.SelectMany(i => Enumerable.Range(1, channelsEach).Select(n => new BulkStartEntry($"{i.Name}/{n}", null)))],
        });
        if (results.FirstOrDefault(r => r.RunId is null) is { } refused)
            throw new InvalidOperationException($"{refused.Channel}: {string.Join("; ", refused.Problems)}");
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
