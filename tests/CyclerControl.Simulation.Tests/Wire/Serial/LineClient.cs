using System.Text;

namespace CyclerControl.Simulation.Tests.Wire.Serial;

/// <summary>The other end of a simulated serial line: a file that is read and written, and not the product's driver.</summary>
internal sealed class LineClient(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    public void Send(string text) => _file.Write(Encoding.ASCII.GetBytes(text));

    /// <summary>Everything up to this character, without it.</summary>
    public string ReadTo(char end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (Read(one))
        {
            if (one[0] == end)
            {
                return text.ToString();
            }

            _ = text.Append((char)one[0]);
        }

        return text + "<gone>";
    }

    // A terminal whose device has gone is an error, or the end.
    private bool Read(byte[] one)
    {
        try
        {
            return _file.Read(one) == 1;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public string Ask(string message)
    {
        Send(message + "\n");
        return ReadTo('\n');
    }

    public void Dispose() => _file.Dispose();
}
