using System.Buffers.Binary;

namespace CyclerControl.Simulation.Land;

/// <summary>
/// Writes a <c>.cex</c> file, as far as it is publicly known: a header, four blocks, and from then on events, step marks and records of 16 bytes. Of the recipe
/// it holds the steps with the one end that there is a place for. The time of the last save is written anew at each look.
/// </summary>
internal sealed class CexFileWriter : ILandFileWriter
{
    public const double VoltsPerCount = 0.155e-3;
    public const double AmperesPerCount = 0.31e-6;
    private const int HeaderBytes = 64;
    private const int InfoAt = HeaderBytes + 16;
    private const int InfoBytes = 64;
    private const int RecipeBytes = 2992;
    private const int RecipeBodyAt = 0x40;
    private const int StepEntryBytes = 56;
    private readonly byte[] _unit = new byte[16];
    private Stream _file = Stream.Null;
    private uint _begun;
    private int _last;

    public void BeginTest(Stream file, int channel, DateTimeOffset begun, LandRecipe recipe)
    {
        _file = file;
        _begun = (uint)begun.ToUnixTimeSeconds();
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x88091110);
        header[4] = 1;
        header[8] = (byte)(channel - 1);
        foreach (var at in (ReadOnlySpan<int>)[0x10, 0x30, 0x34])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header[at..], _begun);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(header[0x3C..], SumOfWords(header[..0x3C]));
        _file.Write(header);
        Block(0xAA, Info(_begun));
        Block(0x55, new byte[16]);
        Block(0x78, new byte[384]);
        Block(0x13, Recipe(recipe));
        Mark(0xCC);
        _unit[4] = 0x33;
        _unit[8] = 1;
        _unit[9] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(_unit.AsSpan(12), _begun);
        _file.Write(_unit);
    }

    public void BeginStep(int number, LandStep step, long passes, double testSeconds)
    {
        var numbered = (ushort)(number | 0x8000);
        Mark(0xCC);
        _unit[4] = 0x44;
        BinaryPrimitives.WriteUInt32LittleEndian(_unit.AsSpan(8), number <= _last ? 1u : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(_unit.AsSpan(12), numbered);
        BinaryPrimitives.WriteUInt16LittleEndian(_unit.AsSpan(14), (ushort)passes);
        _file.Write(_unit);
        Mark(0xCD);
        _unit[4] = 0x22;
        BinaryPrimitives.WriteUInt16LittleEndian(_unit.AsSpan(6), numbered);
        _unit[8] = step.Kind switch { LandStepKind.Discharge => 2, LandStepKind.Charge => 3, _ => 0x70 };
        _unit[9] = 5;
        _unit[10] = (byte)(step.Kind == LandStepKind.Rest ? 0 : 0x81);
        BinaryPrimitives.WriteUInt32LittleEndian(_unit.AsSpan(12), _begun + (uint)testSeconds);
        _file.Write(_unit);
        _last = number;
    }

    public void Add(in LandRecord record)
    {
        var unit = _unit.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(unit, (uint)Math.Round(record.TestSeconds * 100));
        BinaryPrimitives.WriteInt16LittleEndian(unit[4..], Counts(record.Volts, VoltsPerCount));
        BinaryPrimitives.WriteInt16LittleEndian(unit[6..], Counts(record.Amperes, AmperesPerCount));
        BinaryPrimitives.WriteSingleLittleEndian(unit[8..], (float)record.AmpHours);
        BinaryPrimitives.WriteSingleLittleEndian(unit[12..], (float)record.WattHours);
        _file.Write(unit);
    }

    public void Save(double testSeconds)
    {
        var end = _file.Position;
        _file.Position = InfoAt;
        _file.Write(Info(_begun + (uint)testSeconds));
        _file.Position = end;
    }

    private static short Counts(double value, double perCount) => (short)Math.Clamp(Math.Round(value / perCount), short.MinValue, short.MaxValue);

    private static byte[] Info(uint saved)
    {
        var info = new byte[InfoBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(8), saved);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(60), SumOfWords(info.AsSpan(0, 60)));
        return info;
    }

    private static byte[] Recipe(LandRecipe recipe)
    {
        var block = new byte[RecipeBytes];
        var body = block.AsSpan(RecipeBodyAt);
        var steps = recipe.Steps.Where(step => step.Kind != LandStepKind.Loop).ToList();
        var entry = 8 * (steps.Count + 1);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            Contents(body[(8 * i)..], entry, 0x02);
            var bytes = body.Slice(entry, StepEntryBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, step.Kind switch { LandStepKind.Discharge => 2u, LandStepKind.Charge => 3u, _ => 0x70u });
            BinaryPrimitives.WriteSingleLittleEndian(bytes[4..], (float)step.Amperes);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[40..], (ushort)(step.Volts is null ? 0x0100 : 0x0200));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[42..], (ushort)(step.Volts is null ? 6 : step.Direction > 0 ? 1 : 0));
            BinaryPrimitives.WriteSingleLittleEndian(bytes[44..], (float)(step.Volts ?? step.Seconds ?? 0));
            entry += StepEntryBytes;
        }

        Contents(body[(8 * steps.Count)..], entry, 0xFD);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(0x30), SumOfWords(body));
        return block;
    }

    private static void Contents(Span<byte> line, int offset, byte kind)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(line, (ushort)offset);
        line[2] = kind;
        line[3] = 0xFF;
    }

    private static uint SumOfWords(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16LittleEndian(bytes[i..]);
        }

        return sum;
    }

    private void Mark(byte kind)
    {
        _unit.AsSpan().Clear();
        _unit[0] = kind;
        _unit[1] = kind is 0xCD ? (byte)0xCC : kind;
        _unit[2] = 0xFF;
        _unit[3] = 0xFF;
    }

    private void Block(ushort id, byte[] contents)
    {
        foreach (var kind in (ReadOnlySpan<byte>)[0xAA, 0xBB])
        {
            Mark(kind);
            BinaryPrimitives.WriteUInt16LittleEndian(_unit.AsSpan(4), id);
            BinaryPrimitives.WriteUInt16LittleEndian(_unit.AsSpan(6), (ushort)contents.Length);
            _file.Write(_unit);
            if (kind == 0xAA)
            {
                _file.Write(contents);
            }
        }
    }
}
