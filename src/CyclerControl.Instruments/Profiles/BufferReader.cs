using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.Scpi;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads <c>queries.buffer</c>.</summary>
internal sealed class BufferReader(ExchangeReader exchanges, TemplateReader templates)
{
    private static readonly ImmutableArray<string> s_words = ["voltage", "current", "time"];

    private static readonly ImmutableArray<PlaceholderQuantity> s_quantities =
        [PlaceholderQuantity.Voltage, PlaceholderQuantity.Current, PlaceholderQuantity.Time];

    public ScpiBufferQuery? Read(MappingReader? query)
    {
        if (query is null)
        {
            return null;
        }

        var start = exchanges.Command(query.Find("start"), PlaceholderQuantity.Time, mustEndConfirmed: false);
        var stop = exchanges.Command(query.Find("stop"), null, mustEndConfirmed: false);
        var send = templates.Fetch(query.Find("send"));
        var layout = Layout(query);
        var end = templates.Question(query.Find("end"));
        var overflow = Overflow(query.Mapping("overflow"));
        var size = query.WholeNumber("size");
        var stops = query.Has("stops_for_setpoint") && query.Boolean("stops_for_setpoint") == true;
        CheckPlaces(query, send);
        if (layout is { HasTime: false } && !query.Has("overflow"))
        {
            query.Report("values", "has no time, and nothing says whether readings were lost", "add time to values, or overflow: { send: \"...?\", expect: \"0\" }");
        }

        query.Finish();
        return start is null || stop is null || send is null || layout is null || size is null
            ? null
            : new ScpiBufferQuery(start, stop, send, layout, end, overflow, (int)size, stops);
    }

    private static void CheckPlaces(MappingReader query, MessageTemplate? send)
    {
        if (send is { NamesPlaces: true } && !query.Has("end"))
        {
            query.Report("send", "asks for places, and nothing says where the newest reading is", "add end: \"...?\", or fetch with a query that removes what it brings");
        }
        else if (send is { NamesPlaces: false } && query.Has("end"))
        {
            query.Report("end", "is of no use", "put {first} and {last} into send, or leave end out");
        }
    }

    private static BlockLayout? Layout(MappingReader query)
    {
        var block = query.Choice("block");
        var order = query.Has("byte_order") ? query.Choice("byte_order") : null;
        if (block == "ascii" && query.Has("byte_order"))
        {
            query.Report("byte_order", "does not belong to ascii", "leave it out");
        }

        var words = query.Texts("values");
        if (words is not { } names || block is null)
        {
            return null;
        }

        var isGood = true;
        foreach (var name in names.Where(name => !s_words.Contains(name)))
        {
            query.Report("values", $"names '{name}', which a reading does not have", "use time, voltage and current");
            isGood = false;
        }

        if (!names.Contains("voltage") || !names.Contains("current") || names.Distinct().Count() != names.Length)
        {
            query.Report("values", "is not one voltage and one current, with or without one time", "write values: [voltage, current, time] in the order of the block");
            isGood = false;
        }

        if (block == "float32" && names.Contains("time"))
        {
            query.Report("block", "forgets milliseconds after some hours: a float32 has seven digits", "use float64 or ascii, or leave time out of values");
            isGood = false;
        }

        return isGood
            ? new BlockLayout(
                block switch { "ascii" => BlockCoding.Ascii, "float32" => BlockCoding.Float32, _ => BlockCoding.Float64 },
                order != "little",
                [.. names.Select(name => s_quantities[s_words.IndexOf(name)])])
            : null;
    }

    private ScpiTextQuery? Overflow(MappingReader? query)
    {
        var send = templates.Question(query?.Find("send"));
        var expect = query?.Text("expect");
        query?.Finish();
        return send is null || expect is null ? null : new ScpiTextQuery(send, new WildcardPattern(expect));
    }
}
