using System.Diagnostics;
using CyclerControl.Acquisition.Clocks;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Runs;
using CyclerControl.Instruments.Links;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Simulation;

namespace CyclerControl.Benchmarks.Wire;

/// <summary>
/// A million readings, one per tick of 1 s on a virtual clock: dialect, session and TCP transport on one side of a loopback socket, the simulated
/// cycler's server on the other. Beside it the same bytes between two bare blocking sockets. All four threads on one processor; alternating
/// blocks, medians. The ratio of processor times beside that of wall times says what a busy machine hides.
/// </summary>
internal static class SimulateWireBenchmark
{
    private const int Blocks = 5;
    private const int Exchanges = 1_000_000;
    private const int WarmExchanges = 20_000;

    public static Report Run(double scale)
    {
        Report? report = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
#pragma warning disable CA1031 // Rethrown on the thread that waits.
            try
            {
                report = Measure(Math.Max(1, (int)(scale * Exchanges / Blocks)));
            }
            catch (Exception exception)
            {
                failure = exception;
            }
#pragma warning restore CA1031
        })
        { Name = "link" };
        thread.Start();
        thread.Join();
        return report ?? throw new InvalidOperationException("the measurement failed", failure);
    }

    private static Report Measure(int perBlock)
    {
        var processor = ThreadPinning.FirstAllowedProcessor() ?? 0;
        ThreadPinning.TryPinCurrentThread(processor);
        var clock = new VirtualClock();
        using var participant = clock.Join("link");
        using var server = SimulatedCyclerServer.Start(
            new SimulatedCyclerOptions { Clock = clock, Shorts = false, Cpu = processor });
        var address = new InstrumentAddress("sim", "scpi-cycler-8ch", server.Address);
        using var instrument = new TcpInstrumentFactory(ProfileLibrary.Shipped, isSimulated: _ => true).CreateLink(address, clock).Open();
        instrument.Initialize(null);
        var channel = (ISetpointChannel)instrument.Channels[0];
        channel.Prepare();
        channel.Apply(Current(1));
        channel.Read();
        var (requestBytes, replyBytes) = BytesOfLastExchange(instrument);
        using var floor = new PingPong(requestBytes, replyBytes, processor);

        var ours = new double[Blocks];
        var bare = new double[Blocks];
        var ratios = new double[Blocks];
        var processorRatios = new double[Blocks];
        Ticks(channel, participant, clock, Math.Min(perBlock, WarmExchanges));
        floor.Seconds(Math.Min(perBlock, WarmExchanges));
        var allocated = 0L;
        for (var block = 0; block < Blocks; block++)
        {
            channel.Apply(Current(block % 2 == 0 ? -1 : 1));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Environment.CpuUsage.TotalTime;
            ours[block] = Ticks(channel, participant, clock, perBlock);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            var between = Environment.CpuUsage.TotalTime;
            bare[block] = floor.Seconds(perBlock);
            ratios[block] = ours[block] / bare[block];
            processorRatios[block] = (between - begun) / (Environment.CpuUsage.TotalTime - between);
        }

        channel.OutputOff();
        return new Report()
            .Add("ticks_per_s", Math.Round(perBlock / Median.Of(ours)))
            .Add("floor_ticks_per_s", Math.Round(perBlock / Median.Of(bare)))
            .Add("ratio", Median.Of(ratios))
            .Add("ticks", perBlock * Blocks)
            .Add("link_alloc_bytes_per_tick", allocated / (double)(perBlock * Blocks))
            .Add("request_bytes", requestBytes)
            .Add("reply_bytes", replyBytes)
            .Add("processor_time_ratio", Median.Of(processorRatios))
            .Add("lowest_ratio", ratios.Min())
            .Add("highest_ratio", ratios.Max());
    }

    /// <summary>Small enough that the cell survives a block in one direction.</summary>
    private static Setpoint Current(int sign) => new(OutputMode.Current, sign * 10e-6, 0, -1, 1, null);

    private static double Ticks(ISetpointChannel channel, IClockParticipant participant, VirtualClock clock, int ticks)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < ticks; i++)
        {
            participant.WaitUntil(clock.NowNanoseconds + Nanoseconds.PerSecond);
            channel.Read();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>From the wire log: <c>12.345 s: 'MEAS? (@1)' -> '+1.0,+2.0'</c>, terminators not shown.</summary>
    private static (int Request, int Reply) BytesOfLastExchange(IInstrument instrument)
    {
        var parts = instrument.LastExchanges()[^1].Split('\'');
        return (parts[1].Length + 1, parts[3].Replace("\\n", "", StringComparison.Ordinal).Length + 1);
    }
}
