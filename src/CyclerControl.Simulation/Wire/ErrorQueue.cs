namespace CyclerControl.Simulation.Wire;

/// <summary>One connection's errors, oldest first. When it is full the newest becomes "queue overflow" and later ones are lost, as SCPI has it.</summary>
internal sealed class ErrorQueue
{
    public const int Capacity = 16;
    private readonly ScpiError[] _errors = new ScpiError[Capacity];
    private int _first;

    public int Count { get; private set; }

    public void Add(ScpiError error)
    {
        if (Count == Capacity)
        {
            _errors[(_first + Count - 1) % Capacity] = ScpiError.QueueOverflow;
            return;
        }

        _errors[(_first + Count) % Capacity] = error;
        Count++;
    }

    public ScpiError Take()
    {
        if (Count == 0)
        {
            return ScpiError.None;
        }

        var error = _errors[_first];
        _first = (_first + 1) % Capacity;
        Count--;
        return error;
    }

    public void Clear() => Count = 0;
}
