namespace CyclerControl.Simulation.BioLogic;

/// <summary>The rows that a channel has recorded and nobody has read yet; the newest are lost when it is full.</summary>
/// <param name="isSp300">Rows of a rest have another shape, and the clock goes on from technique to technique.</param>
/// <param name="capacity">Rows.</param>
internal sealed class EcLabMemory(bool isSp300, int capacity)
{
    private const int BlockWords = 1000;
    private readonly Queue<Row> _rows = new();
    private int _skipped;

    /// <summary>Length of a tick, s.</summary>
    public float TimeBase { get; } = isSp300 ? 2e-5f : 4e-5f;

    public void Clear()
    {
        _rows.Clear();
        _skipped = 0;
    }

    public void Lose(int rows)
    {
        for (; rows > 0 && _rows.TryDequeue(out _); rows--)
        {
            _skipped++;
        }
    }

    public void Add(in Row row)
    {
        if (_rows.Count == capacity)
        {
            _skipped++;
            return;
        }

        _rows.Enqueue(row);
    }

    public EcLabBlock Take(Span<uint> buffer)
    {
        var skipped = _skipped;
        _skipped = 0;
        if (!_rows.TryPeek(out var first))
        {
            return new EcLabBlock(skipped, 0, 0, 0, 0, 0, double.NaN);
        }

        var columns = first.Number != 100 ? 5 : isSp300 ? 3 : 4;
        var count = 0;
        while ((count + 1) * columns <= BlockWords && _rows.TryPeek(out var row) && row.Technique == first.Technique && row.Loop == first.Loop && row.Start == first.Start)
        {
            Write(buffer.Slice(count * columns, columns), _rows.Dequeue());
            count++;
        }

        return new EcLabBlock(skipped, count, columns, first.Technique, first.Number, first.Loop, isSp300 ? double.NaN : first.Start);
    }

    private void Write(Span<uint> words, in Row row)
    {
        var ticks = (ulong)Math.Round((isSp300 ? row.Seconds : row.Seconds - row.Start) / TimeBase);
        var generation = isSp300 ? EcLabNumber.LaterGeneration : EcLabNumber.FirstGeneration;
        words[0] = (uint)(ticks >> 32);
        words[1] = (uint)ticks;
        words[2] = EcLabNumber.Encode(row.Volts, generation);
        if (words.Length >= 4)
        {
            words[3] = EcLabNumber.Encode(row.Number == 100 ? 0 : row.Amperes, generation);
        }

        if (words.Length == 5)
        {
            words[4] = 0;
        }
    }

    /// <param name="Seconds">Since the start of the experiment.</param>
    /// <param name="Start">Of the technique, on the same scale.</param>
    internal readonly record struct Row(int Technique, int Number, int Loop, double Start, double Seconds, double Volts, double Amperes);
}
