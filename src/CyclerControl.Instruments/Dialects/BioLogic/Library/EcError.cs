using System.Collections.Frozen;

namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>A code of the vendor's library, by name and with what to do.</summary>
/// <remarks>
/// -1, -9, -12, -13, -15, -101 to -105, -200 to -203, -206, -207, -308, -309 and -400 to -405 are named in public drivers and bindings. What -2 to -8, -10, -11, -14,
/// -204, -205 and each of -301 to -307 mean is general knowledge, not verified; the message has the number in any case.
/// </remarks>
/// <param name="Name">What it says.</param>
/// <param name="Cure">What to do.</param>
/// <param name="BreaksLink">True: the connection is of no use any more.</param>
public sealed record EcError(string Name, string Cure, bool BreaksLink = false)
{
    /// <summary>The channel runs.</summary>
    public const int ChannelRunning = -13;

    private const string Network = "check power, cable and address, and that no other program holds the instrument";
    private const string Reload = "connect again, so that the firmware is loaded anew; power-cycle the instrument if it stays";
    private const string Package = "use the library, the .ecc files and the firmware of one development package";

    /// <summary>The channel holds no further technique.</summary>
    public const int MemoryFull = -405;

    private static readonly FrozenDictionary<int, EcError> s_known = new Dictionary<int, EcError>
    {
        [-1] = new("not connected", Network, BreaksLink: true),
        [-2] = new("connection in progress", "wait, then connect again", BreaksLink: true),
        [-3] = new("channel not plugged", "use a channel that has a board"),
        [-4] = new("invalid parameters", "the profile's family may be wrong: vmp3 and sp300 take different techniques"),
        [-5] = new("file not found", "leave the .ecc and .bin files beside the library"),
        [-6] = new("function failed", "read the channel's messages in the wire log"),
        [-7] = new("no channel selected", "use a channel that has a board"),
        [-8] = new("invalid connection parameters", "write biologic://192.168.0.1 or biologic://USB0"),
        [-9] = new("EC-Lab's firmware is loaded on the channel", "close EC-Lab, power-cycle the instrument, connect again: EC-Lab and this library cannot share it"),
        [-10] = new("the library is not correctly loaded", Package, BreaksLink: true),
        [-11] = new("the USB library failed", "install the vendor's USB driver, or use the network, which is more dependable", BreaksLink: true),
        [-12] = new("another call is in progress", "close the other program that uses this library"),
        [ChannelRunning] = new("the channel runs", "stop what runs on it first"),
        [-14] = new("the device is not allowed", "use the channel's own ranges and techniques"),
        [-15] = new("the parameters could not be updated", "the step ends at its own time; try again in a moment"),
        [-101] = new("the instrument answered with an error", Reload, BreaksLink: true),
        [-102] = new("the instrument did not understand", Reload, BreaksLink: true),
        [-103] = new("the instrument cannot do that now", Reload, BreaksLink: true),
        [-104] = new("the instrument has no answer", Reload, BreaksLink: true),
        [-105] = new("the instrument reports an internal error", Reload, BreaksLink: true),
        [-200] = new("communication failed", Network, BreaksLink: true),
        [-201] = new("no connection could be made", Network + "; over USB try the network instead, which is more dependable", BreaksLink: true),
        [-202] = new("no acknowledgement came", Network, BreaksLink: true),
        [-203] = new("the address is not one", "write biologic://192.168.0.1 or biologic://USB0", BreaksLink: true),
        [-204] = new("a memory allocation failed", Reload, BreaksLink: true),
        [-205] = new("the firmware could not be loaded", Reload, BreaksLink: true),
        [-206] = new("the instrument's server does not fit the library", Package, BreaksLink: true),
        [-207] = new("too many computers are connected", "close other programs that hold the instrument", BreaksLink: true),
        [-300] = new("firmware: the file could not be opened", "leave the firmware beside the library"),
        [-301] = new("firmware: the file could not be read", Package),
        [-302] = new("firmware: the file is corrupted", Package),
        [-303] = new("firmware: loading failed", Reload),
        [-304] = new("firmware: loading failed", Reload),
        [-305] = new("firmware: loading failed", Reload),
        [-306] = new("firmware: loading failed", Reload),
        [-307] = new("firmware: loading failed", Reload),
        [-308] = new("firmware: not loaded", Reload),
        [-309] = new("firmware: does not fit the instrument", Package + "; after a failed USB connection power-cycle the instrument"),
        [-400] = new("technique: the .ecc file is missing", "leave the .ecc files beside the library"),
        [-401] = new("technique: the .ecc file does not fit the firmware", "EC-Lab has used the channel, or the packages differ: power-cycle the instrument; " + Package),
        [-402] = new("technique: the .ecc file is corrupted", Package),
        [-403] = new("technique: loading failed", Reload),
        [-404] = new("technique: data were corrupted on the way", "start again"),
        [MemoryFull] = new("technique: the channel's memory is full", "use fewer steps: a ramp takes two techniques a level, a repeat takes one more however often it repeats"),
    }.ToFrozenDictionary();

    /// <summary>What a code means; one that we do not know breaks the link, because nothing can be concluded from it.</summary>
    public static EcError Of(int code) => s_known.TryGetValue(code, out var known)
        ? known
        : new EcError("an error that is not in our list", "look it up in the vendor's manual", BreaksLink: true);

    /// <summary>Codes of this list.</summary>
    public static IEnumerable<int> Known => s_known.Keys;
}
