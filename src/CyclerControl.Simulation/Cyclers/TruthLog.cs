using System.Buffers;
using System.Text.Json;
using CyclerControl.Simulation.Shorts;

namespace CyclerControl.Simulation.Cyclers;

/// <summary>
/// The instrument's own record of what really happened: one JSON line per event, <c>t_s, channel, event, value</c>. Safe from any thread.
/// </summary>
public sealed class TruthLog : IDisposable
{
    private readonly Stream _stream;
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private bool _closed;

    public TruthLog(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_line);
    }

    /// <summary>Creates or overwrites the file; readable while it grows.</summary>
    public static TruthLog ToFile(string path) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));

    /// <param name="channel">Null where the whole instrument is meant.</param>
    public void Text(long nowNanoseconds, int? channel, string kind, string value) =>
        Write(nowNanoseconds, channel, kind, value, static (json, text) => json.WriteStringValue(text));

    public void Short(long nowNanoseconds, int channel, ShortOnset onset) =>
        Write(nowNanoseconds, channel, "short", onset, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("kind", value.Kind switch { ShortKind.Hard => "hard", ShortKind.Soft => "soft", _ => "telegraph" });
            json.WriteNumber("resistance_ohm", value.ResistanceOhms);
            json.WriteNumber("current_density_ma_per_cm2", value.CurrentDensity);
            json.WriteNumber("plated_mah_per_cm2", value.ArealCapacity);
            json.WriteEndObject();
        });

    public void Charge(long nowNanoseconds, int channel, ChargeTruth charge) =>
        Write(nowNanoseconds, channel, "charge", charge, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteNumber("since_last_ah", value.SinceLastAmpHours);
            json.WriteNumber("net_ah", value.NetAmpHours);
            json.WriteNumber("throughput_ah", value.ThroughputAmpHours);
            json.WriteEndObject();
        });

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _json.Dispose();
            _stream.Dispose();
        }
    }

    private void Write<T>(long nowNanoseconds, int? channel, string kind, T value, Action<Utf8JsonWriter, T> write)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _line.Clear();
            _json.Reset();
            _json.WriteStartObject();
            _json.WriteNumber("t_s", nowNanoseconds * 1e-9);
            if (channel is { } number)
            {
                _json.WriteNumber("channel", number);
            }
            else
            {
                _json.WriteNull("channel");
            }

            _json.WriteString("event", kind);
            _json.WritePropertyName("value");
            write(_json, value);
            _json.WriteEndObject();
            _json.Flush();
            _stream.Write(_line.WrittenSpan);
            _stream.WriteByte((byte)'\n');
            _stream.Flush();
        }
    }
}
