using CyclerControl.Core.Detection.Replay;

namespace CyclerControl.Recording.Import;

/// <summary>The rows of a finished record, one after the other, in constant memory. One thread.</summary>
public interface IMeasurementSource : IDisposable
{
    /// <summary>The file's own time of the first row, s; 0 before it is read.</summary>
    double FirstSeconds { get; }

    /// <summary>The next row; false at the end.</summary>
    bool Read(out Measurement row);
}
