namespace CyclerControl.Recording.Writing;

/// <summary>Settings of one run file's connection.</summary>
/// <param name="CacheKibibytes">Page cache: one commit's pages should fit, or they are written twice.</param>
/// <param name="CheckpointPages">Length of the write-ahead log at which a commit also moves it into the file.</param>
/// <param name="MaxPages">For tests of a full disk.</param>
internal sealed record RunWriterOptions(int CacheKibibytes, int CheckpointPages, int? MaxPages = null)
{
    /// <summary>One commit a second.</summary>
    public static readonly RunWriterOptions Paced = new(2048, 2000);

    /// <summary>Big commits, as fast as rows come.</summary>
    public static readonly RunWriterOptions Fast = new(16384, 4000);
}
