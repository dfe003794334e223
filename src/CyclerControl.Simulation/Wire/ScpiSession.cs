using CyclerControl.Simulation.Cyclers;

namespace CyclerControl.Simulation.Wire;

/// <summary>
/// One client's conversation, apart from the socket: messages in, replies out, with an error queue and an event register of its own.
/// </summary>
internal sealed class ScpiSession
{
    private const int PowerOnBit = 1 << 7;
    private readonly SimulatedCycler _cycler;
    private readonly IScpiLanguage _language;
    private readonly ErrorQueue _errors = new();
    private readonly Reply _reply = new();
    private int _events;

    public ScpiSession(SimulatedCycler cycler, IScpiLanguage language)
    {
        _cycler = cycler;
        _language = language;
    }

    public int ErrorCount => _errors.Count;

    public void Report(ScpiError error)
    {
        _errors.Add(error);
        _events |= ScpiErrors.EventBit(error);
    }

    /// <summary>Carries out one message, given without its terminator.</summary>
    /// <returns>The reply with its terminator, valid until the next message; empty when nothing was asked.</returns>
    public ReadOnlySpan<byte> Handle(ReadOnlySpan<byte> message)
    {
        _reply.Clear();
        lock (_cycler.Gate)
        {
            while (!message.IsEmpty)
            {
                var text = ScpiCommand.TakeFirst(ref message);
                if (!text.IsEmpty)
                {
                    Run(new ScpiCommand(text));
                }
            }
        }

        return _reply.IsEmpty ? default : _reply.Finish();
    }

    private void Run(in ScpiCommand command)
    {
        var start = command.IsQuery ? _reply.Begin() : 0;
        var error = Common(command) ?? _language.Execute(command, _reply);
        if (error == ScpiError.None)
        {
            return;
        }

        if (command.IsQuery)
        {
            _reply.TakeBack(start);
        }

        Report(error);
    }

    /// <summary>The commands that every SCPI instrument has; null when it is none of them.</summary>
    private ScpiError? Common(in ScpiCommand command)
    {
        if (command.IsQuery)
        {
            switch (command.Path)
            {
                case Header.Identify:
                    _language.Identify(_reply);
                    return ScpiError.None;
                case Header.EventStatus:
                    _reply.Integer(_events | (_cycler.ReadPowerOn() ? PowerOnBit : 0));
                    _events = 0;
                    return ScpiError.None;
                case Header.Complete:
                    _reply.Byte((byte)'1');
                    return ScpiError.None;
                case Header.NextError or Header.NextErrorLong:
                    _reply.Text(ScpiErrors.Text(_errors.Take()));
                    return ScpiError.None;
                case Header.ErrorCount:
                    _reply.Integer(_errors.Count);
                    return ScpiError.None;
                default:
                    return null;
            }
        }

        switch (command.Path)
        {
            case Header.Unknown:
                return ScpiError.UndefinedHeader;
            case Header.ClearStatus:
                _errors.Clear();
                _events = 0;
                return ScpiError.None;
            case Header.Reset:
                _cycler.Truth?.Text(_cycler.NowNanoseconds, null, "command", "*RST");
                _cycler.ResetAll();
                return ScpiError.None;
            default:
                return null;
        }
    }
}
