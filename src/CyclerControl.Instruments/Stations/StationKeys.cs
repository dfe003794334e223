using CyclerControl.Core.Documents;
using static CyclerControl.Core.Documents.DocumentKey;

namespace CyclerControl.Instruments.Stations;

/// <summary>The closed key lists of a station file; the reader and the JSON schema both come from here.</summary>
public static class StationKeys
{
    internal static readonly KeyList Instrument = new(
        "an instrument",
        Required("name", new TextShape("cyc-a", "^[a-z0-9][a-z0-9._-]{0,39}$"), "First part of its channels' names: cyc-a/1."),
        Required("profile", new TextShape("scpi-cycler-8ch"), "Name of a shipped profile, or the path of a profile file beside this one."),
        Required("connect", new TextShape("\"tcp://cyc-a.lab:5025\""), "Where it is: tcp://host:port, serial:///dev/ttyUSB0?baud=9600, serial://auto?id=1234567, neware://host?unit=1&share=/mnt/bts&bts_path=C%3A%5Cbts, watch:///mnt/land?files=*_{channel}_*.cex, or sim://?cells=li-lpsc-li&seed=1."));

    /// <summary>The whole file.</summary>
    public static readonly KeyList Station = new(
        "a station",
        Required("station", new TextShape("glovebox-2", "^[a-z0-9][a-z0-9.-]{0,79}$"), "Name, the same as the file's."),
        Optional("about", new TextShape("The glovebox by the window"), "One line for people."),
        Required("instruments", Shapes.List(Shapes.Keys(Instrument)), "The units on this site."));
}
