namespace CyclerControl.Testing.Fakes;

/// <summary>What passed between a fake instrument and its owner, and what is made to go wrong.</summary>
public sealed class FakeWire
{
    private readonly List<string> _journal = [];
    private readonly List<string> _exchanges = [];

    /// <summary>Off for measurements.</summary>
    public bool KeepsJournal { get; set; } = true;

    /// <summary>Asked before each exchange with its text (<c>demo/1 read</c>); what it returns is thrown.</summary>
    public Func<string, Exception?>? Breaks { get; set; }

    /// <summary>Exchanges, connections closed, and what recorders were given, in order.</summary>
    public IReadOnlyList<string> Journal => _journal;

    /// <summary>Exchanges only.</summary>
    public IReadOnlyList<string> Exchanges => _exchanges;

    public void Clear()
    {
        _journal.Clear();
        _exchanges.Clear();
    }

    /// <summary>Also called by fake recorders, so that the order of output and records can be judged.</summary>
    public void Note(string text)
    {
        if (KeepsJournal)
        {
            _journal.Add(text);
        }
    }

    public void Exchange(string text)
    {
        if (Breaks?.Invoke(text) is { } failure)
        {
            Note(text + " !");
            throw failure;
        }

        Note(text);
        if (KeepsJournal)
        {
            _exchanges.Add(text);
        }
    }
}
