namespace System.IO.Ports;

/// <summary>How a line is set, and what that is in the words of termios(3).</summary>
internal readonly record struct LineSettings(int BaudRate, Parity Parity, int DataBits, StopBits StopBits, Handshake Handshake)
{
    // asm-generic/termbits.h
    private const uint CharacterSizeShift = 4;
    private const uint TwoStopBits = 0x40;
    private const uint Receive = 0x80;
    private const uint ParityOn = 0x100;
    private const uint ParityOdd = 0x200;
    private const uint IgnoreModemLines = 0x800;
    private const uint OtherSpeed = 0x1000;
    private const uint StickParity = 0x4000_0000;
    private const uint HardwareFlow = 0x8000_0000;
    private const uint CheckParity = 0x10;
    private const uint SoftwareFlowOut = 0x400;
    private const uint SoftwareFlowIn = 0x1000;

    // Code n + 1 of the old speeds, 0x1001 + n of the newer ones.
    private static readonly int[] s_oldSpeeds = [50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400];
    private static readonly int[] s_newSpeeds =
        [57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000];

    private uint SpeedCode => Array.IndexOf(s_oldSpeeds, BaudRate) is var old and >= 0 ? (uint)old + 1
        : Array.IndexOf(s_newSpeeds, BaudRate) is var now and >= 0 ? OtherSpeed + (uint)now + 1
        : OtherSpeed;

    private bool UsesCharacters => Handshake is Handshake.XOnXOff or Handshake.RequestToSendXOnXOff;

    private bool UsesWires => Handshake is Handshake.RequestToSend or Handshake.RequestToSendXOnXOff;

    /// <summary>c_cflag: usual speeds by their code, which other programs can read, any other one by number.</summary>
    public uint ControlFlags => Receive | IgnoreModemLines | SpeedCode
        | ((uint)(DataBits - 5) << (int)CharacterSizeShift)
        | (StopBits == StopBits.Two ? TwoStopBits : 0)
        | (UsesWires ? HardwareFlow : 0)
        | Parity switch
        {
            Parity.Odd => ParityOn | ParityOdd,
            Parity.Even => ParityOn,
            Parity.Mark => ParityOn | ParityOdd | StickParity,
            Parity.Space => ParityOn | StickParity,
            _ => 0,
        };

    /// <summary>c_iflag: a byte with a wrong check bit arrives as 0.</summary>
    public uint InputFlags => (Parity == Parity.None ? 0 : CheckParity) | (UsesCharacters ? SoftwareFlowOut | SoftwareFlowIn : 0);
}
