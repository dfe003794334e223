using System.Text;
using CyclerControl.Simulation.Cells;
using CyclerControl.Simulation.Cyclers;
using CyclerControl.Simulation.Randomness;
using CyclerControl.Simulation.Wire;

namespace CyclerControl.Simulation.Tests.Wire;

public sealed class ScpiFuzzTests
{
    private static readonly string[] s_pieces =
    [
        "OUTP", "VOLT", "CURR", ":", ";", "?", " ", ",", "(@", ")", "1", "9", "-3", "1e999", "LIM", "HIGH", "WDOG", "DEL", "*IDN", "MEAS", "\"", "PROT",
        "(@1:8)", "(@1:", "ON", "READ", "SOUR", "\t", "(@1,1,1)", "SENS", "FUNC", "NaN", "0x1", "\0", "é",
    ];

    [Theory]
    [InlineData("scpi-cycler-8ch")]
    [InlineData("keithley-2450")]
    public void Message_OfRandomBytes_NeverThrowsAndEndsInTheErrorQueue(string profile)
    {
        var session = Session(profile);
        var random = new Random(20260101);
        for (var i = 0; i < 5_000; i++)
        {
            var message = new byte[random.Next(1, 40)];
            random.NextBytes(message);

            // At least one letter, so that it is not an empty message; none of them spells a header.
            message[0] = (byte)'~';
            message.AsSpan().Replace((byte)';', (byte)'_');
            session.Handle("*CLS"u8);
            session.Handle(message);
            Assert.Equal("-113,\"Undefined header\"\n", Encoding.Latin1.GetString(session.Handle("SYST:ERR?"u8)));
        }
    }

    [Theory]
    [InlineData("scpi-cycler-8ch")]
    [InlineData("keithley-2450")]
    public void Message_OfShuffledPieces_NeverThrowsAndAnswersOrErrs(string profile)
    {
        var session = Session(profile);
        var random = new Random(20260102);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            session.Handle("*CLS"u8);
            var reply = Encoding.Latin1.GetString(session.Handle(Encoding.UTF8.GetBytes(text)));
            Assert.True(reply.Length == 0 || reply.EndsWith('\n'));
            if (text.Contains('?', StringComparison.Ordinal) && !text.Contains(';', StringComparison.Ordinal)
                && !text.Contains('"', StringComparison.Ordinal))
            {
                Assert.True(reply.Length > 0 || session.ErrorCount > 0, $"'{text}' was neither answered nor refused");
            }
        }
    }

    [Fact]
    public void Measure_Exchange_AllocatesNothing()
    {
        var clock = new ManualClock();
        var session = Session("scpi-cycler-8ch", clock);
        session.Handle("CURR:RANG 1e-3,(@1);CURR 5e-4,(@1);OUTP ON,(@1)"u8);
        for (var i = 0; i < 1000; i++)
        {
            clock.NowNanoseconds += 100_000_000;
            session.Handle("MEAS? (@1)"u8);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            clock.NowNanoseconds += 100_000_000;
            session.Handle("MEAS? (@1)"u8);
        }

        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000);
    }

    [Fact]
    public void Number_RoundTripsThroughTheReply()
    {
        var reply = new Reply();
        var draws = new Draws(7, 99);
        foreach (var value in Enumerable.Range(0, 2000).Select(n => n switch
        {
            0 => 0,
            1 => 1,
            2 => -9.9999999999e-3,
            3 => 999.99999999999,
            4 => 1e-30,
            _ => draws.NextGaussian() * Math.Pow(10, (draws.NextUniform() * 20) - 12),
        }))
        {
            reply.Clear();
            reply.Number(value);
            var text = Encoding.ASCII.GetString(reply.Finish()).TrimEnd();
            Assert.Matches(@"^[+-]\d\.\d{9}E[+-]\d{2,3}$", text);
            Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Math.Abs(value) * 6e-10);
        }
    }

    private static ScpiSession Session(string name, ManualClock? clock = null)
    {
        Assert.True(WireProfile.TryFind(name, out var profile));
        var cells = DemoCells.Names.Take(profile.MaxChannels).Select(cell => NamedCells.Make(cell, 1));
        var cycler = new SimulatedCycler(clock ?? new ManualClock(), cells, profile.Model, "1", null);
        return new ScpiSession(cycler, profile.MakeLanguage(cycler));
    }
}
