namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>Why a file is not read on.</summary>
/// <param name="Place">Line or byte.</param>
/// <param name="What">What stands there, and what is allowed.</param>
internal sealed record LandProblem(string Place, string What)
{
    public override string ToString() => $"{Place}: {What}";
}

/// <summary>
/// Makes rows of the bytes of one file, fed from its beginning in pieces of any size. Holds at most one unfinished line or record, and throws
/// nothing: what is wrong is <see cref="Problem"/>, and nothing is read behind it.
/// </summary>
internal interface ILandParser
{
    /// <summary>Null until its bytes were there.</summary>
    LandHead? Head { get; }

    LandProblem? Problem { get; }

    /// <summary>What was odd and did no harm; a sentence each, at most <see cref="LandRemarks.Most"/>.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>Records so far.</summary>
    long Count { get; }

    /// <summary>The end of a record, a line or a block has not come yet.</summary>
    bool IsUnfinished { get; }

    /// <summary>Rows up to this number are read and not given.</summary>
    long GiveAfter { get; set; }

    /// <param name="bytes">Those behind the last that were used.</param>
    /// <param name="rows">Where new rows go.</param>
    /// <param name="used">How many of the bytes were used: fewer only when <paramref name="rows"/> is full or there is a <see cref="Problem"/>.</param>
    /// <returns>How many rows were given.</returns>
    int Take(ReadOnlySpan<byte> bytes, Span<LandRow> rows, out int used);
}

/// <summary>Remarks of one file: each once, and no more than a person reads.</summary>
internal sealed class LandRemarks
{
    public const int Most = 16;

    private readonly List<string> _remarks = [];

    public IReadOnlyList<string> All => _remarks;

    public void Add(string remark)
    {
        if (_remarks.Count < Most && !_remarks.Contains(remark))
        {
            _remarks.Add(remark);
        }
    }
}
