using System.Collections.Immutable;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Dialects.Scpi;

namespace CyclerControl.Instruments.Profiles;

/// <summary>Reads commands: one exchange, or a list of exchanges sent in order.</summary>
internal sealed class ExchangeReader(ProblemList problems)
{
    private readonly TemplateReader _templates = new(problems);
    private readonly List<DocumentNode> _unconfirmed = [];

    /// <param name="node">The exchange or the list; null where the profile has none.</param>
    /// <param name="carries">The quantity that the command is there for; one of its messages must carry it.</param>
    /// <param name="mustEndConfirmed">The last exchange needs a read-back of its own.</param>
    public ScpiCommand? Command(DocumentNode? node, PlaceholderQuantity? carries, bool mustEndConfirmed)
    {
        if (node is null)
        {
            return null;
        }

        ImmutableArray<DocumentNode> items = node is SequenceNode list ? list.Items : [node];
        if (items.IsEmpty)
        {
            problems.Add(node, "is an empty list", "give at least one exchange, or leave the key out");
            return null;
        }

        var exchanges = items.Select(item => One(item, carries)).ToArray();
        if (exchanges.Contains(null))
        {
            return null;
        }

        if (carries is { } quantity && !exchanges.Any(exchange => exchange!.Send.Quantities.Any()))
        {
            var name = PlaceholderUnit.NameOf(quantity);
            problems.Add(node, $"does not carry the {name}", $"put a placeholder such as {{{name}:{PlaceholderUnit.UnitsOf(quantity).Split(',')[0]}:0.0000}} where it stands");
        }

        if (mustEndConfirmed && exchanges[^1]!.Confirm is null)
        {
            problems.Add(items[^1], "is not confirmed", "the safe state must be proved: add confirm: { send: \"OUTP?\", expect: \"0\" }");
        }

        return new ScpiCommand([.. exchanges!]);
    }

    /// <summary>A text, or send with confirm.</summary>
    public ScpiExchange? One(DocumentNode node, PlaceholderQuantity? carries)
    {
        if (node is ScalarNode)
        {
            _unconfirmed.Add(node);
            return _templates.Message(node, carries) is { } text ? new ScpiExchange(text, null) : null;
        }

        if (node is not MappingNode mapping)
        {
            problems.Add(node, "is not an exchange", "write { send: \"...\" } or { send: \"...\", confirm: { send: \"...?\", expect: \"...\" } }");
            return null;
        }

        var reader = new MappingReader(mapping, ProfileKeys.Exchange, problems);
        var send = _templates.Message(reader.Find("send"), carries);
        var confirm = Confirm(reader.Mapping("confirm"), send);
        if (!reader.Has("confirm"))
        {
            _unconfirmed.Add(node);
        }

        reader.Finish();
        return send is null || (confirm is null && reader.Has("confirm")) ? null : new ScpiExchange(send, confirm);
    }

    /// <summary>Without an error queue, each exchange needs a read-back of its own.</summary>
    public void RefuseUnconfirmed()
    {
        foreach (var node in _unconfirmed)
        {
            problems.Add(node, "is neither confirmed nor followed by the error queue", "add confirm, or error_queue: { send: \"SYST:ERR?\", expect: \"0,*\" } to the profile");
        }
    }

    private ScpiConfirmation? Confirm(MappingReader? confirm, MessageTemplate? send)
    {
        if (confirm is null)
        {
            return null;
        }

        var question = _templates.Question(confirm.Find("send"));
        var expect = confirm.Has("expect") ? confirm.Text("expect") : null;
        var reply = _templates.Reply(confirm.Find("reply"));
        if (confirm.Has("expect") == confirm.Has("reply"))
        {
            confirm.Report("send", "needs exactly one of expect and reply", "expect: \"1\" for a text, reply: \"{current:A}\" for the number written");
        }
        else if (reply is not null && send is not null && !reply.Quantities.SequenceEqual(send.Quantities))
        {
            confirm.Report("reply", "is not the number that was written", "read back the same quantity, and only that one");
        }

        confirm.Finish();
        return question is null || (expect is null && reply is null)
            ? null
            : new ScpiConfirmation(question, expect is null ? null : new WildcardPattern(expect), reply);
    }
}
