using CyclerControl.Core.Channels;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Profiles;
using CyclerControl.Instruments.Sessions;
using CyclerControl.Instruments.Stations;

namespace CyclerControl.Instruments.Links;

/// <summary>
/// Finds an instrument by its identity among ports. A port is asked for its identification and nothing else; once an instrument was found, only
/// the same one, by its serial number, is ever taken again.
/// </summary>
/// <param name="instrument">Name in the station.</param>
/// <param name="connect">Opens a port.</param>
internal sealed class SerialSearch(string instrument, SerialAddress place, HardwareProfile profile, Func<string, LinkSession> connect)
{
    private InstrumentIdentity? _known;
    private string? _lastPort;

    /// <exception cref="WrongInstrumentException">The one port that is given has another device.</exception>
    /// <exception cref="InstrumentUnreachableException">It is nowhere, or it could be any of several.</exception>
    public LinkSession Find()
    {
        var ports = place.Port is { } only ? [only] : SerialPorts.Find(place.Patterns);
        var found = new List<(string Port, LinkSession Session, InstrumentIdentity Identity)>();
        var others = new List<string>();
        foreach (var port in ports.OrderBy(port => port != _lastPort))
        {
            if (Ask(port, others) is { } answer)
            {
                found.Add((port, answer.Session, answer.Identity));
                if (_known is not null)
                {
                    break;
                }
            }
        }

        if (found is not [var (where, session, identity)])
        {
            found.ForEach(one => one.Session.Dispose());
            throw Nowhere(found.Count > 1
                ? $"several instruments fit: {string.Join(", ", found.Select(one => $"'{one.Identity}' at {one.Port}"))}; add id= with the serial number of the one that is meant"
                : $"{Looked(ports.Count)}{(others.Count > 0 ? ": " + string.Join("; ", others) : "")}. Is it on, is its cable in?");
        }

        _known = identity;
        _lastPort = where;
        return session;
    }

    private (LinkSession Session, InstrumentIdentity Identity)? Ask(string port, List<string> others)
    {
        LinkSession? session = null;
        try
        {
            session = connect(port);
            var language = profile.Language!;
            var identity = ScpiIdentification.Ask(new ScpiConversation(session, language), language.Identify, profile.Name, place.Port is null ? null : _known);
            if (Misfit(identity) is not { } misfit)
            {
                var asked = session;
                session = null;
                return (asked, identity);
            }

            if (place.Port is not null)
            {
                throw new WrongInstrumentException($"{instrument} (serial://{port}): {misfit}; nothing was written to it. Check cabling, address and the station file")
                {
                    Instrument = instrument,
                };
            }

            others.Add($"{port}: {misfit}");
        }
        catch (InstrumentException failure) when (place.Port is null)
        {
            others.Add(failure is InstrumentUnreachableException ? $"{port}: cannot be opened" : failure is WrongInstrumentException ? $"{port}: another device" : $"{port}: no answer");
        }
        finally
        {
            session?.Dispose();
        }

        return null;
    }

    private string? Misfit(InstrumentIdentity identity) =>
        place.Id is { } id && !identity.ToString().Contains(id, StringComparison.Ordinal) ? $"'{identity}' answers, which has no '{id}' in its identification"
        : place.Port is null && identity.SerialNumber is null ? $"'{identity}' answers without a serial number, by which it could be found again"
        : _known is { } known && (known.Manufacturer, known.Model, known.SerialNumber) != (identity.Manufacturer, identity.Model, identity.SerialNumber)
            ? $"'{identity}' answers, where '{known}' is looked for"
        : null;

    private string Looked(int ports)
    {
        var patterns = string.Join(',', place.Patterns);
        return (ports, patterns.Length) switch
        {
            (0, 0) => "this computer has no serial port",
            (0, _) => $"no port fits ports={patterns}",
            (_, 0) => FormattableString.Invariant($"it is at none of the {ports} port(s) of this computer"),
            _ => FormattableString.Invariant($"it is at none of the {ports} port(s) that fit ports={patterns}"),
        };
    }

    private InstrumentUnreachableException Nowhere(string what) => new($"{instrument} (serial://auto): {what}") { Instrument = instrument };
}
