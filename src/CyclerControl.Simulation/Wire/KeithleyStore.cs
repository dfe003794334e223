using System.Text;

namespace CyclerControl.Simulation.Wire;

/// <summary>Settings that a source-measure unit keeps and answers, and that change nothing in the simulation: sense wiring, off-state, speed.</summary>
internal sealed class KeithleyStore
{
    private const int Bits = 6;
    private readonly Dictionary<int, byte[]> _values = [];

    private enum Kind
    {
        Unknown,
        Switch,
        OffMode,
        Number,
    }

    public ScpiError Set(int path, ReadOnlySpan<byte> value)
    {
        var kind = KindOf(path);
        var error = kind switch
        {
            Kind.Unknown => ScpiError.UndefinedHeader,
            Kind.Switch => Parameter.Switch(value, out _),
            Kind.Number => Parameter.Number(value, out _),
            _ => value.IsEmpty ? ScpiError.MissingParameter
                : Parameter.Is(value, "HIMP"u8) || Parameter.Is(value, "NORM"u8) || Parameter.Is(value, "ZERO"u8)
                    || Parameter.Is(value, "GUAR"u8) ? ScpiError.None
                : ScpiError.DataType,
        };
        if (error == ScpiError.None)
        {
            _values[path] = kind == Kind.Switch
                ? Parameter.Is(value, "ON"u8) || Parameter.Is(value, "1"u8) ? "1"u8.ToArray() : "0"u8.ToArray()
                : Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(value).ToUpperInvariant());
        }

        return error;
    }

    public ScpiError Answer(int path, Reply reply)
    {
        var kind = KindOf(path);
        if (kind == Kind.Unknown)
        {
            return ScpiError.UndefinedHeader;
        }

        reply.Text(_values.TryGetValue(path, out var value) ? value : kind == Kind.OffMode ? "NORM"u8 : kind == Kind.Number ? "1"u8 : "0"u8);
        return ScpiError.None;
    }

    private static Kind KindOf(int path)
    {
        var first = Header.First(path);
        var second = Header.First(Header.Tail(path));
        var rest = path >> (2 * Bits);
        var isQuantity = second is Mnemonic.Voltage or Mnemonic.Current;
        return (first, isQuantity, rest) switch
        {
            (Mnemonic.Output, true, Mnemonic.OffMode) => Kind.OffMode,
            (Mnemonic.Sense, true, Mnemonic.RemoteSense) => Kind.Switch,
            (Mnemonic.Sense, true, Mnemonic.Range or Mnemonic.PowerLineCycles) => Kind.Number,
            (Mnemonic.Sense, false, 0) when second == Mnemonic.Count => Kind.Number,
            (Mnemonic.Source, true, Mnemonic.Read | (Mnemonic.Back << Bits)) => Kind.Switch,
            (Mnemonic.Source, true, Mnemonic.Range) => Kind.Number,
            (Mnemonic.Source, false, Mnemonic.Back) when second == Mnemonic.Read => Kind.Switch,
            _ => Kind.Unknown,
        };
    }
}
