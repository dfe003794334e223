namespace CyclerControl.Instruments.Dialects.Land.Text;

/// <summary>Which column stands where in one file.</summary>
internal sealed class LandtHeader
{
    private readonly int[] _places;

    private LandtHeader(LandtLayout layout, byte delimiter, int count, int cells, int[] places)
    {
        Layout = layout;
        Delimiter = delimiter;
        Count = count;
        Cells = cells;
        _places = places;
    }

    public LandtLayout Layout { get; }

    public byte Delimiter { get; }

    /// <summary>Named columns.</summary>
    public int Count { get; }

    /// <summary>The same with those at the end that have no name.</summary>
    public int Cells { get; }

    /// <summary>The last column is text, and delimiters in it are part of it.</summary>
    public bool LastIsText => Layout.LastMayHoldDelimiters && PlaceOf(LandtColumn.State) == Count - 1;

    /// <summary>-1: the file has no such column.</summary>
    public int PlaceOf(LandtColumn column) => _places[(int)column];

    public string NameOf(LandtColumn column)
    {
        foreach (var (known, name, _) in Layout.Columns)
        {
            if (known == column)
            {
                return name;
            }
        }

        return column.ToString();
    }

    /// <param name="problem">Everything that is wrong with it; null: nothing.</param>
    /// <returns>Null: the line is no header, or one with a problem.</returns>
    public static LandtHeader? Find(LandtLayout layout, LandtCells cells, ReadOnlySpan<byte> line, out string? problem)
    {
        problem = null;
        var delimiter = (byte)layout.Delimiters[0];
        var most = -1;
        foreach (var candidate in layout.Delimiters)
        {
            if (line.Count((byte)candidate) is var count && count > most)
            {
                (delimiter, most) = ((byte)candidate, count);
            }
        }

        if (!cells.Split(line, delimiter))
        {
            return null;
        }

        var places = new int[Enum.GetValues<LandtColumn>().Length];
        Array.Fill(places, -1);
        var twice = new List<string>();
        var numbers = new List<string>();
        var named = cells.CountFilled(line);
        for (var i = 0; i < named; i++)
        {
            var cell = cells.Of(line, i);
            foreach (var (column, name, _) in layout.Columns)
            {
                if (Matches(cell, name))
                {
                    if (places[(int)column] >= 0)
                    {
                        twice.Add(name);
                    }

                    places[(int)column] = i;
                }
            }

            if (LandtNumber.TryParse(cell, out _))
            {
                numbers.Add(LandtCells.Shown(cell));
            }
        }

        var found = places.Count(place => place >= 0);
        if (found < layout.Recognised)
        {
            return null;
        }

        var missing = layout.Columns.Where(column => column.IsNeeded && places[(int)column.Column] < 0).Select(column => column.Name).ToList();
        List<string> faults = [];
        if (missing.Count > 0)
        {
            faults.Add($"the header has no column {string.Join(", ", missing)}");
        }

        if (twice.Count > 0)
        {
            faults.Add($"the header has more than one column {string.Join(", ", twice)}");
        }

        if (numbers.Count > 0)
        {
            faults.Add($"'{string.Join("', '", numbers)}' in the header is no name");
        }

        if (cells.IsOpen)
        {
            faults.Add("a quote in the header has no end");
        }

        problem = faults.Count == 0 ? null : string.Join("; ", faults);
        return problem is null ? new LandtHeader(layout, delimiter, named, cells.Count, places) : null;
    }

    /// <summary>Letters of either case; spaces don't count.</summary>
    private static bool Matches(ReadOnlySpan<byte> cell, string name)
    {
        var at = 0;
        foreach (var letter in cell)
        {
            if (letter == ' ')
            {
                continue;
            }

            if (at == name.Length || char.ToLowerInvariant((char)letter) != char.ToLowerInvariant(name[at]))
            {
                return false;
            }

            at++;
        }

        return at == name.Length;
    }
}
