using System.Diagnostics;
using System.Text;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Wire.Faults;

namespace CyclerControl.Simulation.Wire.Serial;

/// <summary>
/// Speaks SCPI for a simulated cycler on a serial line: one thread, replies byte by byte, at the speed of the line where one is given. One
/// conversation for as long as it lives, whoever is at the other end: a line does not tell.
/// </summary>
internal sealed class SerialServer : IWireServer
{
    private const int LookMilliseconds = 20;
    private readonly SerialLineOptions _line;
    private readonly ScpiSession _session;
    private readonly FaultPlan? _faults;
    private readonly byte[] _terminator;
    private readonly byte[] _reply = new byte[1 << 20];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private Terminal _terminal;
    private volatile bool _vanishes;

    /// <exception cref="IOException">There can be no terminal of that name.</exception>
    public SerialServer(SimulatedCycler cycler, WireProfile profile, SerialLineOptions line, FaultPlan? faults)
    {
        _line = line;
        _session = new ScpiSession(cycler, profile.MakeLanguage(cycler));
        _faults = faults;
        _terminator = Encoding.ASCII.GetBytes(line.Terminator);
        _terminal = new Terminal(line.Path);
        _thread = new Thread(Serve) { IsBackground = true, Name = "sim-serial" };
        _thread.Start();
    }

    public Uri Address => new($"serial://{_line.Path}{(_line.Baud > 0 ? FormattableString.Invariant($"?baud={_line.Baud}") : "")}");

    /// <summary>The device is pulled out, and put back after its absence.</summary>
    public void DropClients() => _vanishes = true;

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Serve()
    {
        var path = _line.Path;
        try
        {
            while (true)
            {
                Converse(new LineSplitter(returnEnds: true));
                _terminal.Dispose();
                if (_stop.Wait(_line.Absence))
                {
                    return;
                }

                path = path == _line.Path ? _line.ReturnsAs ?? _line.Path : _line.Path;
                _terminal = new Terminal(path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody took the name: the device stays away.
        }
        finally
        {
            _terminal.Dispose();
        }
    }

    private void Converse(LineSplitter lines)
    {
        _vanishes = false;
        while (!_vanishes && !_stop.IsSet)
        {
            var received = _terminal.Read(lines.Free, LookMilliseconds);
            Pace(Stopwatch.GetTimestamp(), received);
            lines.Received(received);
            while (!_vanishes && lines.TryTake(out var message, out var overrun))
            {
                if (overrun)
                {
                    _session.Report(ScpiError.InputOverrun);
                }
                else if (!message.IsEmpty && _faults?.IsFrozen != true)
                {
                    Answer(_session.Handle(message));
                }
            }
        }
    }

    private void Answer(ReadOnlySpan<byte> reply)
    {
        if (reply.IsEmpty)
        {
            return;
        }

        reply[..^1].CopyTo(_reply);
        _terminator.CopyTo(_reply, reply.Length - 1);
        var length = reply.Length - 1 + _terminator.Length;
        var plan = _faults?.Spoil(_reply.AsSpan(0, length)) ?? new FaultedReply(TimeSpan.Zero, length, false);
        if (plan.Wait > TimeSpan.Zero && _stop.Wait(plan.Wait))
        {
            return;
        }

        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < plan.Length; i++)
        {
            Pace(started, i + 1);
            _terminal.Write(_reply[i]);
        }

        _vanishes |= plan.IsCut;
    }

    /// <summary>Until so many characters have had their time.</summary>
    private void Pace(long started, int characters)
    {
        if (_line.Baud == 0 || characters == 0)
        {
            return;
        }

        var left = TimeSpan.FromSeconds(characters * 10.0 / _line.Baud) - Stopwatch.GetElapsedTime(started);
        if (left > TimeSpan.FromMilliseconds(0.5))
        {
            _ = _stop.Wait(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
        }
    }
}
