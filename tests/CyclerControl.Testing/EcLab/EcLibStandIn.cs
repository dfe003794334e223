using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using CyclerControl.Simulation.BioLogic;

namespace CyclerControl.Testing.EcLab;

/// <summary>
/// The stand-in for the vendor's library: our C source, compiled by the machine's compiler once a process, with simulated instruments behind it,
/// found by their address.
/// </summary>
public static class EcLibStandIn
{
    private const int NoSuchAddress = -201;
    private const int NotConnected = -1;
    private const int LabelBytes = 64;
    private static readonly ConcurrentDictionary<string, int> s_addresses = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, SimulatedEcLab> s_devices = new();
    private static readonly Lazy<string> s_path = new(Build);

    // Kept alive as long as the library may call them.
    private static readonly EcLibBackend s_backend = new()
    {
        Connect = Connect,
        Simple = Simple,
        LoadFirmware = (device, channel, kernel) => With(device, lab => lab.LoadFirmware(channel, Text(kernel))),
        Infos = Infos,
        Technique = Technique,
        Values = Values,
        Data = Data,
        Message = Message,
    };

    private static int s_count;

    private delegate void RegisterFunction(in EcLibBackend backend);

    /// <summary>Path of the compiled library.</summary>
    public static string Path => s_path.Value;

    /// <summary>Puts an instrument on the network.</summary>
    /// <returns>Its address.</returns>
    public static string Add(SimulatedEcLab lab)
    {
        var number = Interlocked.Increment(ref s_count);
        var address = FormattableString.Invariant($"10.0.{number / 200}.{(number % 200) + 1}");
        s_devices[number] = lab;
        s_addresses[address] = number;
        return address;
    }

    /// <summary>The address for a station: <c>biologic://10.0.0.2?library=...</c>.</summary>
    public static Uri Uri(SimulatedEcLab lab) => new($"biologic://{Add(lab)}?library={System.Uri.EscapeDataString(Path)}");

    private static string Build()
    {
        var folder = Directory.CreateTempSubdirectory("cycler-eclib-").FullName;
        var library = System.IO.Path.Combine(folder, "eclib_standin.so");
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "EcLab", "eclib_standin.c");
        var start = new ProcessStartInfo("cc", ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fvisibility=hidden", "-o", library, source])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var compiler = Process.Start(start)!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }

        var handle = NativeLibrary.Load(library);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Marshal.GetDelegateForFunctionPointer<RegisterFunction>(NativeLibrary.GetExport(handle, "STANDIN_Register"))(s_backend);
        return library;
    }

    private static int Connect(IntPtr address, out int deviceCode, out int channels)
    {
        (deviceCode, channels) = (0, 0);
        if (!s_addresses.TryGetValue(Text(address), out var number))
        {
            return NoSuchAddress;
        }

        var lab = s_devices[number];
        (deviceCode, channels) = (lab.DeviceCode, lab.Channels.Length);
        return lab.Connect() is var code and < 0 ? code : number;
    }

    private static int Simple(int device, int channel, int what) => With(device, lab => what switch
    {
        0 => 0,
        1 => lab.Test(),
        2 => lab.IsPlugged(channel) ? 1 : 0,
        3 => lab.Start(channel),
        4 => lab.Stop(channel),
        _ => lab.BoardType,
    });

    private static int Infos(int device, int channel, out int firmware, out int state, out int techniques, out int serial)
    {
        (int Firmware, int State, int Techniques) infos = default;
        var board = 0;
        var code = With(device, lab =>
        {
            board = lab.BoardSerialNumber;
            return lab.Infos(channel, out infos);
        });
        (firmware, state, techniques, serial) = (infos.Firmware, infos.State, infos.Techniques, board);
        return code;
    }

    private static int Technique(
        int device, int channel, int index, IntPtr file, int first, int count, IntPtr labels, IntPtr types, IntPtr values, IntPtr indices)
    {
        var parameters = new EcLabParameter[count];
        for (var i = 0; i < count; i++)
        {
            parameters[i] = new EcLabParameter(
                Text(labels + (i * LabelBytes)), Marshal.ReadInt32(types, 4 * i), (uint)Marshal.ReadInt32(values, 4 * i), Marshal.ReadInt32(indices, 4 * i));
        }

        return With(device, lab => index < 0 ? lab.LoadTechnique(channel, Text(file), parameters, first != 0) : lab.Update(channel, index, parameters));
    }

    private static int Values(int device, int channel, out int state, IntPtr numbers)
    {
        EcLabReading reading = default;
        var code = With(device, lab => lab.Read(channel, out reading));
        state = reading.State;
        Write(numbers, reading);
        return code;
    }

    private static int Data(int device, int channel, IntPtr words, IntPtr infos, out double start, out int state, IntPtr numbers)
    {
        var buffer = new uint[1000];
        EcLabBlock block = default;
        EcLabReading reading = default;
        var code = With(device, lab => lab.Data(channel, buffer, out block, out reading));
        (start, state) = (block.StartSeconds, reading.State);
        Write(numbers, reading);
        Marshal.Copy([block.Skipped, block.Rows, block.Columns, block.TechniqueIndex, block.TechniqueNumber, block.Loop], 0, infos, 6);
        Marshal.Copy((int[])(object)buffer, 0, words, block.Rows * block.Columns);
        return code;
    }

    private static int Message(int device, int channel, IntPtr text, int size)
    {
        string? message = null;
        var code = With(device, lab => lab.Message(channel, out message));
        if (code < 0 || message is null)
        {
            return code;
        }

        var bytes = System.Text.Encoding.ASCII.GetBytes(message);
        var length = Math.Min(bytes.Length, size);
        Marshal.Copy(bytes, 0, text, length);
        return length;
    }

    private static void Write(IntPtr numbers, in EcLabReading reading) =>
        Marshal.Copy([reading.TimeBase, reading.Volts, reading.Amperes, reading.ElapsedSeconds], 0, numbers, 4);

    private static int With(int device, Func<SimulatedEcLab, int> act) => s_devices.TryGetValue(device, out var lab) ? act(lab) : NotConnected;

    private static string Text(IntPtr bytes) => Marshal.PtrToStringAnsi(bytes) ?? "";
}
