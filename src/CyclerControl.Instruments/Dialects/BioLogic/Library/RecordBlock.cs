namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>The block that one <c>BL_GetData</c> brings.</summary>
internal static class RecordBlock
{
    /// <summary>Words in the buffer.</summary>
    public const int Words = 1000;

    /// <summary>Words of the shortest row that we read: time, voltage.</summary>
    public const int ShortestRow = 3;

    /// <summary>Rows of one block at most.</summary>
    public const int MostRows = Words / ShortestRow;
}
