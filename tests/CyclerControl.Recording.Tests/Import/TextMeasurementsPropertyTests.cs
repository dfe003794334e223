using System.Globalization;
using System.Text;
using CyclerControl.Core.Documents;
using CyclerControl.Recording.Import;
using CyclerControl.Testing.Properties;
using FsCheck.Fluent;

namespace CyclerControl.Recording.Tests.Import;

public sealed class TextMeasurementsPropertyTests
{
    private static readonly string[] Pieces =
        ["time_s", "voltage_V", "current_A", "Time (h)", ",", ";", "\t", "\n", "\r\n", "\r", "\"", "\"\"", "1", "0.5", "1,5", "-3e-4", "1e999", "NaN", "#", ":", "\uFEFF", "\0", "µ", " ", "x"];

    [Fact]
    public void Read_AnyLineEndSeparatorAndDecimalForm_GivesTheSameRows() =>
        SeededCheck.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var (separator, comma) = (";,\t"[random.Next(3)], random.Next(2) == 0);
            var end = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
            var quoted = (comma && separator == ',') || random.Next(3) == 0;
            var format = new[] { "R", "E16", "0.0##################" }[random.Next(3)];
            var rows = Enumerable.Range(0, 1 + random.Next(30))
                .Select(n => (Seconds: n * 0.25, Millivolts: random.Next(-5000, 5000) / 16.0, Microamperes: random.Next(-5000, 5000) / 16.0)).ToArray();
            var text = new StringBuilder(random.Next(2) == 0 ? "\uFEFF" : "");
            text.Append(random.Next(2) == 0 ? $"Cell X{end}Mass 5 mg{end}{end}" : "");
            text.AppendJoin(separator, "Index", Quote("Current [uA]"), Quote("time/s"), Quote("Voltage (mV)")).Append(end);
            foreach (var (seconds, millivolts, microamperes) in rows)
                text.AppendJoin(separator, "7", Number(microamperes), Number(seconds), Number(millivolts)).Append(end);

            var (read, problems, _) = Tables.Read(text.ToString());

            Assert.Empty(problems);
            Assert.Equal(rows.Select(r => (long)(r.Seconds * 1e9)), read.Select(r => r.TimeNanoseconds));
            Assert.Equal(rows.Select(r => r.Millivolts * 1e-3), read.Select(r => r.Volts));
            Assert.Equal(rows.Select(r => r.Microamperes * 1e-6), read.Select(r => r.Amperes));

            string Quote(string field) => quoted ? $"\"{field}\"" : field;
            string Number(double value)
            {
                var number = value.ToString(format, CultureInfo.InvariantCulture);
                return Quote(comma ? number.Replace('.', ',') : number);
            }
        });

    [Fact]
    public void Read_Garbage_NeverThrows() =>
        SeededCheck.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new Random(seed);
                var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Pieces[random.Next(Pieces.Length)])));
                for (var n = random.Next(5); n > 0 && bytes.Length > 0; n--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

                var (rows, problems, _) = Tables.Read(bytes, random.Next(2) == 0 ? new ColumnChoice() : new ColumnChoice("1", "2", "3"));

                Assert.True(rows.Count > 0 || problems.Count > 0);
                Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.First.TimeNanoseconds <= pair.Second.TimeNanoseconds));
            },
            500);

    [Fact]
    public void Read_AMillionRows_AllocatesNothingPerRow()
    {
        const int Rows = 1_000_000;
        using var table = TextMeasurements.Read(new EndlessTable(Rows), new ColumnChoice(), new ProblemList("x"));
        for (var n = 0; n < 1000; n++)
            Assert.True(table.Read(out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 1000;
        var sum = 0.0;
        while (table.Read(out var row))
        {
            rows++;
            sum += row.Volts;
        }

        Assert.Equal(Rows, rows);
        Assert.Equal(0.0371 * Rows, sum + (1000 * 0.0371), 3);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    /// <summary>A table that is made while it is read, so that the bytes themselves take no memory.</summary>
    private sealed class EndlessTable(int rows) : MemoryStream(Encoding.UTF8.GetBytes("time/s;Ewe/mV;I/mA\n1,5;37,1;2,5E-01\n"))
    {
        private static readonly byte[] Row = "1,5;37,1;2,5E-01\n"u8.ToArray();
        private long written;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            for (; read < count && written < (long)(rows - 1) * Row.Length; read++, written++)
                buffer[offset + read] = Row[written % Row.Length];
            return read;
        }
    }
}
