using System.Collections.Immutable;
using System.Diagnostics;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Acquisition.Links;
using CyclerControl.Acquisition.Runners;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Catalogue;
using CyclerControl.Recording.Files;
using CyclerControl.Recording.Reading;
using CyclerControl.Recording.Writing;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;
using CyclerControl.Simulation.InProcess;

namespace CyclerControl.Benchmarks.Simulate;

/// <summary>
/// 1,000 h of plating and stripping on a simulated channel in this process, one sample and one row a second, with everything that the product
/// puts between: virtual clock, link thread, limits, detector, engine, queue, recorder thread, run file. The cell's short process is off.
/// The seconds end when the run file is closed. Beside it, what parts of it take, each measured by itself in a tenth of the hours.
/// </summary>
internal static class SimulateBenchmark
{
    private const double PartScale = 0.1;
    private static readonly ChannelId Channel = new("sim", 1);

    public static Report Run(double scale)
    {
        var warm = Math.Min(scale, 0.02);
        WithoutRecording(warm);
        Whole(warm);
        var whole = Whole(scale);
        var unrecorded = WithoutRecording(scale * PartScale);
        var readings = ReadingsOnly(scale * PartScale);
        return new Report()
            .Add("seconds", whole.Seconds)
            .Add("ticks", whole.Meter.Ticks)
            .Add("rows", whole.Rows)
            .Add("ns_per_tick", whole.Seconds * 1e9 / whole.Meter.Ticks)
            .Add("link_alloc_bytes_per_tick", whole.Meter.AllocatedBytesPerTick)
            .Add("process_alloc_bytes_per_tick", whole.ProcessBytes / (double)whole.Meter.Ticks)
            .Add("link_ticks_that_allocate", whole.Meter.AllocatingTicks)
            .Add("process_cpu_seconds", whole.CpuSeconds)
            .Add("finish_seconds", whole.FinishSeconds)
            .Add("ns_per_tick_without_recording", unrecorded)
            .Add("ns_per_tick_reading_only", readings);
    }

    private static WholeRun Whole(double scale)
    {
        var folder = Directory.CreateTempSubdirectory("cycler-simulate-").FullName;
        var meter = new LinkMeter();
        var (links, run) = Station(scale, meter);
        try
        {
            using var recorders = new RecorderHost();
            var data = DataFolder.Open(folder);
            var station = new StationHost(links, SilentLinkObserver.Instance, TimeProvider.System);
            station.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
            var launcher = new RunLauncher(station, data, recorders, new RunCatalogue(data), TimeProvider.System);
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var cpu = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            var order = new RunOrder { Channel = Channel, Program = run.Program, ProtocolText = run.Text, Parameters = run.Parameters, EndOnPause = true };
            var session = launcher.StartAsync(order).GetAwaiter().GetResult();
            var finishing = Stopwatch.GetTimestamp();
            while (!session.Conclusion.Wait(TimeSpan.FromMilliseconds(1)))
            {
                if (session.Snapshot().State == ChannelState.Running)
                    finishing = Stopwatch.GetTimestamp();
            }

            var finishSeconds = Stopwatch.GetElapsedTime(finishing).TotalSeconds;
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            var conclusion = session.Conclusion.GetAwaiter().GetResult();
            station.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
            if (conclusion is not { Refusal: null, RecordingFailure: null, Ending.Outcome: RunOutcome.Completed })
                throw new InvalidOperationException($"the run did not complete: {conclusion}");
            using var reader = RunFileReader.Open(session.Folder!);
            return new WholeRun(seconds, finishSeconds, cpuSeconds, allocated, reader.Progress!.Rows, meter);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>Nanoseconds per tick of link thread, simulated cell, limits, detector and engine.</returns>
    private static double WithoutRecording(double scale)
    {
        var meter = new LinkMeter();
        var (links, run) = Station(scale, meter);
        var host = new LinkHost(
            links.Instruments[0].Link, links.Clock, new LinkOptions { Processor = StationHost.VirtualClockProcessor }, SilentLinkObserver.Instance);
        host.Start();
        host.WhenOpenAsync().GetAwaiter().GetResult();
        var started = Stopwatch.GetTimestamp();
        var request = new StartRunRequest { Channel = Channel, Program = run.Program, EndOnPause = true, CreateRecorder = _ => new CountingRecorder() };
        var result = host.StartRunAsync(request).GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return result.Ending?.Outcome == RunOutcome.Completed
            ? seconds * 1e9 / meter.Ticks
            : throw new InvalidOperationException($"the run did not complete: {result}");
    }

    /// <returns>Nanoseconds per tick of clock and simulated cell alone, under current.</returns>
    private static double ReadingsOnly(double scale)
    {
        var (links, run) = Station(scale, new LinkMeter());
        using var participant = links.Clock.Join("benchmark");
        using var instrument = links.Instruments[0].Link.Open();
        instrument.Initialize(null);
        var channel = (ISetpointChannel)instrument.Channels[0];
        channel.Prepare();
        var hours = int.Parse(run.Parameters["cycles"], System.Globalization.CultureInfo.InvariantCulture) * 2;
        var started = Stopwatch.GetTimestamp();
        for (var hour = 0; hour < hours; hour++)
        {
            channel.Apply(new Setpoint(OutputMode.Current, hour % 2 == 0 ? -0.4e-3 : 0.4e-3, 0, -1, 1, null));
            for (var second = 0; second < 3600; second++)
            {
                participant.WaitUntil(links.Clock.NowNanoseconds + Nanoseconds.PerSecond);
                channel.Read();
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        channel.OutputOff();
        return seconds * 1e9 / (hours * 3600.0);
    }

    private static (StationLinks Links, LongRun Run) Station(double scale, LinkMeter meter)
    {
        var clock = new VirtualClock();
        var address = new InstrumentAddress("sim", "simulated-8ch", new Uri("sim://?cells=li-lpsc-li&seed=1&shorts=false"));
        var link = new MeteredLink(new SimulatedInstrumentFactory().CreateLink(address, clock), meter);
        var instrument = new StationInstrument(link, "", ImmutableDictionary<int, SimulatedCellNote>.Empty);
        return (new StationLinks("benchmark", [instrument], clock), LongRun.Compile(scale, link.Capabilities));
    }

    private sealed record WholeRun(double Seconds, double FinishSeconds, double CpuSeconds, long ProcessBytes, long Rows, LinkMeter Meter);
}
