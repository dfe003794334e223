using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>One client's conversation with a simulated instrument, message by message and without a wire. One thread.</summary>
public sealed class SimulatedConversation
{
    private readonly ScpiSession _session;

    /// <param name="cycler">Of the kind that the profile says.</param>
    public SimulatedConversation(SimulatedCycler cycler, WireProfile profile) => _session = new ScpiSession(cycler, profile.MakeLanguage(cycler));

    /// <summary>Carries out one message.</summary>
    /// <param name="message">Without its terminator.</param>
    /// <returns>The reply without its terminator, valid until the next message; empty when nothing was asked.</returns>
    public ReadOnlySpan<byte> Handle(ReadOnlySpan<byte> message)
    {
        var reply = _session.Handle(message);
        return reply.IsEmpty ? reply : reply[..^1];
    }
}
