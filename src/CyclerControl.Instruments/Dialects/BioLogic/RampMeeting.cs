namespace CyclerControl.Instruments.Dialects.BioLogic;

/// <summary>What a row in a window is.</summary>
internal enum RampMeeting : byte
{
    /// <summary>Of a level, as it should be.</summary>
    Level,

    /// <summary>Of a closed place, in the moment in which the channel stops there.</summary>
    Closed,

    /// <summary>Of a place that should be closed: the channel goes through what this program has not written.</summary>
    NotWritten,
}
