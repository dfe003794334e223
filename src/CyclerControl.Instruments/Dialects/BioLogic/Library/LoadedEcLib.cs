using System.Collections.Concurrent;

namespace CyclerControl.Instruments.Dialects.BioLogic.Library;

/// <summary>A loaded library and its thread. One of each path in a process, because that is how an operating system loads them.</summary>
internal sealed class LoadedEcLib
{
    private static readonly ConcurrentDictionary<string, Lazy<LoadedEcLib>> s_loaded = new(StringComparer.Ordinal);

    public LoadedEcLib(IEcLib library, EcLibThread thread)
    {
        Library = library;
        Thread = thread;
    }

    public IEcLib Library { get; }

    public EcLibThread Thread { get; }

    /// <exception cref="Core.Channels.InstrumentException">It cannot be loaded.</exception>
    public static LoadedEcLib At(string path)
    {
        var lazy = s_loaded.GetOrAdd(path, p => new Lazy<LoadedEcLib>(() => new LoadedEcLib(NativeEcLib.Load(p), new EcLibThread("eclib"))));
        try
        {
            return lazy.Value;
        }
        catch (Core.Channels.InstrumentException)
        {
            // A file that is put there later is found then.
            _ = s_loaded.TryRemove(KeyValuePair.Create(path, lazy));
            throw;
        }
    }
}
