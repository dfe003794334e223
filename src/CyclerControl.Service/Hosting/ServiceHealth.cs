using CyclerControl.Client.Stations;
using CyclerControl.Service.Audit;
using CyclerControl.Service.Runs;
using CyclerControl.Service.Stations;

namespace CyclerControl.Service.Hosting;

/// <summary>Whether the service can do its work, and why not.</summary>
public sealed class ServiceHealth(StationHost station, StationWatch watch, RunBoard board, ServiceGate gate, AuditLog audit, LatchBook latches)
{
    public HealthStatus Look()
    {
        var reasons = new List<string>();
        if (gate.IsClosed)
        {
            reasons.Add("shutting down");
        }

        if (audit.Problem is { } unwritten)
        {
            reasons.Add(unwritten);
        }

        if (latches.Problem is { } unkept)
        {
            reasons.Add(unkept);
        }

        foreach (var instrument in station.Station.Instruments)
        {
            if (watch.ProblemOf(instrument.Link.Address.Name) is { } problem)
            {
                reasons.Add($"{instrument.Link.Address.Name}: {problem}");
            }
        }

        foreach (var run in board.All)
        {
            if (run.Session.Snapshot().Recorder.Failure is { } failure)
            {
                reasons.Add($"{run.Channel}: recording has failed: {failure}");
            }
        }

        return new HealthStatus(reasons.Count == 0 ? "ready" : "not ready", reasons);
    }
}
