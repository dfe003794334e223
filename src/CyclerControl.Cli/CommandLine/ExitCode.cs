namespace CyclerControl.Cli.CommandLine;

/// <summary>What the process answers with; documented in the README.</summary>
public static class ExitCode
{
    /// <summary>The planned end, a result included.</summary>
    public const int Planned = 0;

    /// <summary>Stopped by the user.</summary>
    public const int Stopped = 1;

    /// <summary>A file, value, run, channel or command line that is wrong.</summary>
    public const int InvalidInput = 2;

    /// <summary>Tripped, faulted, or ended by a protection.</summary>
    public const int Tripped = 3;

    /// <summary>The instrument is unreachable or not the expected one.</summary>
    public const int Unreachable = 4;

    /// <summary>Recording or something of ours failed.</summary>
    public const int InternalFailure = 5;

    /// <summary>`cycler detect`: something was found, and no short of severity abort.</summary>
    public const int SomethingFound = 10;

    /// <summary>`cycler detect`: a short of severity abort was found.</summary>
    public const int ShortFound = 11;
}
