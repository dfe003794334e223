using System.Collections.Immutable;
using System.Text;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.Scpi;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads the language of a <c>scpi</c> profile, and compiles its messages and replies.</summary>
internal sealed class LanguageReader(MappingReader profile, ImmutableArray<ProfileQuirk> quirks)
{
    private readonly TemplateReader _templates = new(profile.Problems);
    private readonly ExchangeReader _exchanges = new(profile.Problems);

    /// <summary>Null when something that every language needs is absent or wrong; the problems say what.</summary>
    public ScpiLanguage? Read()
    {
        foreach (var key in (ReadOnlySpan<string>)["identify", "safe_state", "commands", "queries"])
        {
            if (!profile.Has(key))
            {
                profile.Report(key, "is missing", $"a scpi profile needs {key}: {ProfileKeys.Profile.Find(key)!.Shape.Example}");
            }
        }

        var identify = TextQuery(profile.Mapping("identify"));
        var errorQueue = TextQuery(profile.Mapping("error_queue"));
        var commands = Commands();
        var safeState = _exchanges.Command(profile.Find("safe_state"), null, mustEndConfirmed: true);
        var safeStateAll = _exchanges.Command(profile.Find("safe_state_all"), null, mustEndConfirmed: true);
        var setup = Setup();
        var queries = Queries();
        var invalid = profile.Has("invalid") ? profile.Texts("invalid") : null;
        var sign = profile.Choice("sign");
        if (errorQueue is null && !profile.Has("error_queue"))
        {
            _exchanges.RefuseUnconfirmed();
        }

        if (identify is null || safeState is null || queries.Sample is null)
        {
            return null;
        }

        return new ScpiLanguage
        {
            Identify = identify,
            ErrorQueue = errorQueue,
            Setup = setup,
            SafeState = safeState,
            SafeStateAll = safeStateAll,
            Commands = commands,
            Sample = queries.Sample,
            SampleAll = queries.SampleAll,
            Buffer = queries.Buffer,
            Trip = queries.Trip,
            PowerOn = queries.PowerOn,
            Invalid = new InvalidReadings(invalid ?? []),
            ChargeIsNegative = sign == "charge_negative",
            FlatHeaders = quirks.Contains(ProfileQuirk.FlatHeaders),
            SampleSwapsInVoltageMode = quirks.Contains(ProfileQuirk.SampleSwapsInVoltageMode),
            NoReadingWhenOff = quirks.Contains(ProfileQuirk.NoReadingWhenOff),
        };
    }

    private ImmutableArray<ScpiCommand?> Commands()
    {
        var mapping = profile.Mapping("commands");
        var commands = ScpiCommandKind.All.Select(kind => _exchanges.Command(mapping?.Find(kind.Key), kind.Carries, mustEndConfirmed: false)).ToImmutableArray();
        mapping?.Finish();
        return commands;
    }

    private ImmutableArray<ScpiExchange> Setup()
    {
        if (!profile.Has("setup") || profile.Sequence("setup") is not { } list)
        {
            return [];
        }

        var setup = ImmutableArray.CreateBuilder<ScpiExchange>();
        foreach (var item in list.Items)
        {
            if (_exchanges.One(item, null) is { } exchange)
            {
                setup.Add(exchange);
            }
        }

        return setup.ToImmutable();
    }

    private (ScpiQuery? Sample, ScpiListQuery? SampleAll, ScpiBufferQuery? Buffer, ScpiTextQuery? Trip, ScpiBitQuery? PowerOn) Queries()
    {
        if (profile.Mapping("queries") is not { } queries)
        {
            return default;
        }

        var result = (Sample(queries.Mapping("sample")), SampleAll(queries.Mapping("sample_all")), new BufferReader(_exchanges, _templates).Read(queries.Mapping("buffer")),
            Trip(queries.Mapping("trip")), PowerOn(queries.Mapping("power_on")));
        queries.Finish();
        return result;
    }

    private ScpiQuery? Sample(MappingReader? query)
    {
        var send = _templates.Question(query?.Find("send"));
        var reply = _templates.Sample(query?.Find("reply"));
        query?.Finish();
        return send is null || reply is null ? null : new ScpiQuery(send, reply);
    }

    private ScpiListQuery? SampleAll(MappingReader? query)
    {
        if (query is null)
        {
            return null;
        }

        var send = _templates.Question(query.Find("send"), allowChannels: true);
        var reply = _templates.Sample(query.Find("reply"));
        var separator = query.Text("separator");
        if (send is { NamesChannels: false })
        {
            query.Report("send", "does not say which channels", "put {channels} where their list stands, as in MEAS? (@{channels})");
        }

        query.Finish();
        return send is null || reply is null || separator is null ? null : new ScpiListQuery(send, reply, Encoding.UTF8.GetBytes(separator));
    }

    private ScpiBitQuery? PowerOn(MappingReader? query)
    {
        var send = _templates.Question(query?.Find("send"));
        var bit = query?.WholeNumber("bit");
        query?.Finish();
        return send is null || bit is null ? null : new ScpiBitQuery(send, (int)bit);
    }

    private ScpiTextQuery? Trip(MappingReader? query)
    {
        var watchdog = query?.Has("watchdog") == true ? query.Text("watchdog") : null;
        return TextQuery(query) is { } trip ? trip with { Watchdog = watchdog is null ? null : new WildcardPattern(watchdog) } : null;
    }

    private ScpiTextQuery? TextQuery(MappingReader? query)
    {
        var send = _templates.Question(query?.Find("send"));
        var expect = query?.Text("expect");
        query?.Finish();
        return send is null || expect is null ? null : new ScpiTextQuery(send, new WildcardPattern(expect));
    }
}
