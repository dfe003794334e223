using CyclerControl.Testing.Wires;

namespace CyclerControl.Instruments.Tests.Doubles;

/// <summary>An instrument on a serial line: a thread that answers line by line, byte by byte.</summary>
internal sealed class SerialDevice : IDisposable
{
    private readonly PseudoTerminal _line = new();
    private readonly Func<string, string?> _answer;
    private readonly Thread _thread;
    private volatile bool _vanishes;

    public SerialDevice(Func<string, string?> answer)
    {
        _answer = answer;
        _thread = new Thread(Serve) { IsBackground = true, Name = "serial device" };
        _thread.Start();
    }

    public string Port => _line.Port;

    /// <summary>Every line that arrived.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The next reply is cut in the middle, and the device is gone.</summary>
    public void VanishInMidReply() => _vanishes = true;

    public void WaitUntilGone() => _thread.Join();

    public void Dispose()
    {
        _line.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        while (_line.ReadTo('\n') is { } line)
        {
            Lines.Add(line);
            if (_answer(line) is not { } reply)
            {
                continue;
            }

            var text = reply + "\n";
            for (var i = 0; i < text.Length; i++)
            {
                if (_vanishes && i == text.Length / 2)
                {
                    _line.Vanish();
                    return;
                }

                _line.Send(text[i].ToString());
            }
        }
    }
}
