using CyclerControl.Acquisition.Links;
using CyclerControl.Core.Channels;

namespace CyclerControl.Acquisition.Runners;

/// <summary>What is known about a channel's output.</summary>
public enum OutputState
{
    /// <summary>Off, and the instrument has confirmed it.</summary>
    Off,

    /// <summary>A set-point is applied.</summary>
    On,

    /// <summary>Unknown: the link broke before it was confirmed. The channel says so loudly.</summary>
    Unconfirmed,

    /// <summary>The channel is only watched, or a schedule instrument runs somebody else's test on it: whatever its output does, it is not ours to switch.</summary>
    NotOurs,
}

/// <summary>
/// The one hand on a channel's output. Collects broken links and refusals instead of throwing them, so that what must follow a trip always
/// follows. Link's thread; in an abandoned loop it throws <see cref="StaleGenerationException"/> before it writes.
/// </summary>
/// <param name="gate">Of the link's generations.</param>
/// <param name="generation">Of the loop that holds it.</param>
/// <param name="isWatched">The channel belongs to other software: nothing is ever switched, and nothing is ever claimed of the output.</param>
internal sealed class OutputSwitch(GenerationGate gate, int generation, bool isWatched = false)
{
    private IInstrumentChannel? _channel;

    public OutputState State
    {
        get;
        private set => field = isWatched ? OutputState.NotOurs : value;
    } = isWatched ? OutputState.NotOurs : OutputState.Unconfirmed;

    /// <summary>Nobody has to do anything about it any more.</summary>
    public bool IsSettled => State is OutputState.Off or OutputState.NotOurs;

    /// <summary>The output was to go off, and nobody has confirmed it.</summary>
    public bool IsOffWanted { get; set; }

    public bool IsConnected => _channel is not null;

    public Setpoint Setpoint { get; private set; } = Setpoint.Rest;

    /// <summary>The exchange that broke; the loop closes the link for it.</summary>
    public LinkFaultException? Broken { get; private set; }

    /// <summary>The channel of a new connection, whose safe state has been confirmed.</summary>
    /// <param name="isOn">A schedule instrument's channel that goes on, or that must still be stopped.</param>
    public void Connect(IInstrumentChannel channel, bool isOn = false)
    {
        _channel = channel;
        Broken = null;
        State = isOn ? OutputState.On : OutputState.Off;
        IsOffWanted = isOn;
        Setpoint = Setpoint.Rest;
    }

    /// <summary>Nothing more is to be written to the channel of a schedule instrument.</summary>
    /// <param name="left">
    /// Off: it has switched off by itself. On: it goes on with our schedule, without us. Not ours: it runs something else.
    /// </param>
    public void LetGo(OutputState left)
    {
        IsOffWanted = false;
        State = left;
        Setpoint = Setpoint.Rest;
    }

    public void Disconnect()
    {
        _channel = null;
        Broken = null;
        State = State == OutputState.Off ? OutputState.Off : OutputState.Unconfirmed;
    }

    /// <summary>Output off, confirmed by the instrument.</summary>
    /// <returns>False when it could not be confirmed.</returns>
    public bool TryOff()
    {
        if (IsSettled)
        {
            return true;
        }

        IsOffWanted = true;
        if (_channel is null)
        {
            State = OutputState.Unconfirmed;
            return false;
        }

#pragma warning disable CA1031 // Whatever went wrong: the output is unconfirmed, and the safe state is repeated on a new connection.
        try
        {
            Guard();
            _channel.OutputOff();
            State = OutputState.Off;
            IsOffWanted = false;
            Setpoint = Setpoint.Rest;
            return true;
        }
        catch (StaleGenerationException)
        {
            throw;
        }
        catch (Exception failure)
        {
            State = OutputState.Unconfirmed;
            Broken ??= failure as LinkFaultException ?? new LinkFaultException("output off was not confirmed: " + failure.Message, failure);
            return false;
        }
#pragma warning restore CA1031
    }

    /// <returns>What the instrument refused, in its words; null when it did as told or the link broke.</returns>
    public InstrumentErrorException? TryApply(in Setpoint setpoint)
    {
        if (_channel is null || Broken is not null)
        {
            return null;
        }

        try
        {
            Guard();
            State = OutputState.On;
            (_channel as ISetpointChannel)?.Apply(setpoint); // A schedule instrument has applied it by itself.
            Setpoint = setpoint;
            return null;
        }
        catch (LinkFaultException failure)
        {
            Broken = failure;
            State = OutputState.Unconfirmed;
            return null;
        }
        catch (InstrumentErrorException refusal)
        {
            return refusal;
        }
    }

    /// <summary>One reading as the output is.</summary>
    /// <returns>Null where the instrument refused, answered with no number, or the link broke.</returns>
    public Reading? TryRead()
    {
        Reading? reading = null;
        var refusal = Try(c => reading = c.Read());
        return refusal is null && reading is { Quality: ReadingQuality.Valid } valid && double.IsFinite(valid.Volts) ? valid : null;
    }

    /// <summary>What the instrument says about having switched itself off; null where it has not, cannot be asked, or the link broke.</summary>
    public string? AskOwnTrip()
    {
        string? answer = null;
        var refusal = Try(c => answer = c.OwnTrip());
        return refusal?.Message ?? answer;
    }

    /// <inheritdoc cref="TryApply"/>
    public InstrumentErrorException? TryPrepare() => Try(static c => (c as ISetpointChannel)?.Prepare());

    /// <summary>Starts a schedule.</summary>
    /// <param name="ticket">How the instrument names the execution; null when it was refused or the link broke.</param>
    /// <inheritdoc cref="TryApply"/>
    public InstrumentErrorException? TryStart(CompiledSchedule schedule, string runId, out string? ticket)
    {
        string? name = null;
        State = OutputState.On; // Until it is known to be otherwise: a start whose answer is lost may have happened.
        var refusal = Try(c => name = ((IScheduledChannel)c).Start(schedule, runId));
        State = refusal is not null ? OutputState.Off : Broken is null ? OutputState.On : OutputState.Unconfirmed;
        ticket = name;
        return refusal;
    }

    /// <summary>Takes up a schedule that goes on by itself.</summary>
    /// <param name="isOurs">False where the channel runs something else, or the link broke.</param>
    /// <inheritdoc cref="TryApply"/>
    public InstrumentErrorException? TryAdopt(CompiledSchedule schedule, string runId, string? ticket, ScheduleProgress? reached, out bool isOurs)
    {
        var ours = false;
        var refusal = Try(c => ours = ((IScheduledChannel)c).Adopt(schedule, runId, ticket, reached));
        State = ours ? OutputState.On : State;
        isOurs = ours;
        return refusal;
    }

    /// <summary>Ends the present step of a schedule.</summary>
    /// <inheritdoc cref="TryApply"/>
    public InstrumentErrorException? TrySkip() => Try(static c => ((IScheduledChannel)c).Skip());

    /// <inheritdoc cref="TryApply"/>
    public InstrumentErrorException? TryRelease() => Try(static c => c.Release());

    private InstrumentErrorException? Try(Action<IInstrumentChannel> action)
    {
        if (_channel is null || Broken is not null)
        {
            return null;
        }

        try
        {
            Guard();
            action(_channel);
            return null;
        }
        catch (LinkFaultException failure)
        {
            Broken = failure;
            return null;
        }
        catch (InstrumentErrorException refusal)
        {
            return refusal;
        }
    }

    private void Guard()
    {
        if (!gate.IsPresent(generation))
        {
            throw new StaleGenerationException();
        }
    }
}
