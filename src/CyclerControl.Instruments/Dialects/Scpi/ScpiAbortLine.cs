using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Dialects.Scpi;

/// <summary>The second connection of a profile with <c>abort_connection</c>: asks who answers, then sends <c>safe_state</c> and nothing else.</summary>
public sealed class ScpiAbortLine : IAbortLine
{
    private readonly LinkSession _session;
    private readonly Dictionary<int, ScpiOutputOff> _off = [];

    /// <param name="profile">Of adapter <see cref="ProfileAdapter.Scpi"/>.</param>
    /// <param name="session">Open; the line disposes it.</param>
    /// <param name="expected">Who answered on the first connection.</param>
    /// <exception cref="WrongInstrumentException">Another device; nothing was written to it.</exception>
    /// <exception cref="LinkFaultException">Nobody answered.</exception>
    public ScpiAbortLine(HardwareProfile profile, LinkSession session, InstrumentIdentity expected)
    {
        _session = session;
        var language = profile.Language ?? throw new ArgumentException($"profile {profile.Name} has no SCPI language", nameof(profile));
        var conversation = new ScpiConversation(session, language);
        try
        {
            _ = ScpiIdentification.Ask(conversation, language.Identify, profile.Name, expected);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        conversation.IsIdentified = true;
        foreach (var number in profile.ChannelNumbers)
        {
            _off[number] = new ScpiOutputOff(conversation, language.SafeState.ForChannel(number), new ChannelId(session.Instrument, number));
        }
    }

    public void SafeState(int channel) => _off[channel].Execute();

    public void Dispose() => _session.Dispose();
}
