using System.Buffers.Binary;
using System.Globalization;

namespace CyclerControl.Instruments.Dialects.Land;

/// <summary>
/// Reads <c>.cex</c> files: a header of 64 bytes, blocks, and then units of 16 bytes: events, step marks, records. Little-endian. Everything known about it comes
/// from a public reverse-engineering of two files of a 5 V / 10 mA channel; what is not known is skipped with a remark where that can lose no record, and is a
/// problem where it could.
/// </summary>
internal sealed class CexParser(CexScale scale) : ILandParser
{
    private const int HeaderBytes = 64;
    private const int UnitBytes = 16;
    private const int ChecksumAt = 0x3C;
    private const uint BlockBegins = 0xFFFFAAAA;
    private const uint BlockEnds = 0xFFFFBBBB;
    private const uint Event = 0xFFFFCCCC;
    private const uint StepBegins = 0xFFFFCCCD;
    private const uint FirstMark = 0xFFFF0000;
    private const int TestStarts = 0x33;
    private const int GoesTo = 0x44;
    private const int StepId = 0x22;
    private const double SecondsPerTick = 0.01;

    /// <summary>30 days between two records is no test, but a broken number.</summary>
    private const uint LongestSilence = 30u * 86400 * 100;

    private const double MostCounted = 1e6;
    private readonly LandRemarks _remarks = new();
    private readonly byte[] _partial = new byte[HeaderBytes];
    private int _partialBytes;
    private long _at;
    private int _skip;
    private (uint IdAndSize, long At)? _open;
    private int? _step;
    private long _pass = 1;
    private LandMode _mode;
    private uint _ticks;
    private uint? _stepOrigin;

    public LandHead? Head { get; private set; }

    public LandProblem? Problem { get; private set; }

    public IReadOnlyList<string> Remarks => _remarks.All;

    public long Count { get; private set; }

    public bool IsUnfinished => _partialBytes > 0 || _open is not null;

    public long GiveAfter { get; set; }

    public int Take(ReadOnlySpan<byte> bytes, Span<LandRow> rows, out int used)
    {
        var count = 0;
        used = 0;
        while (used < bytes.Length && Problem is null && count < rows.Length)
        {
            var rest = bytes[used..];
            if (_skip > 0)
            {
                var skipped = Math.Min(_skip, rest.Length);
                _skip -= skipped;
                _at += skipped;
                used += skipped;
                continue;
            }

            var need = Head is null ? HeaderBytes : UnitBytes;
            if (_partialBytes == 0 && rest.Length >= need)
            {
                used += need;
                Read(rest[..need], rows, ref count);
                continue;
            }

            var taken = Math.Min(need - _partialBytes, rest.Length);
            rest[..taken].CopyTo(_partial.AsSpan(_partialBytes));
            _partialBytes += taken;
            used += taken;
            if (_partialBytes == need)
            {
                _partialBytes = 0;
                Read(_partial.AsSpan(0, need), rows, ref count);
            }
        }

        return count;
    }

    private void Read(ReadOnlySpan<byte> unit, Span<LandRow> rows, ref int count)
    {
        if (Head is null)
        {
            ReadHeader(unit);
        }
        else if (ReadUnit(unit) is { } row && row.Number > GiveAfter)
        {
            rows[count++] = row;
        }

        _at += unit.Length;
    }

    private void ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith((ReadOnlySpan<byte>)[0x10, 0x11, 0x09, 0x88]))
        {
            Fail($"a .cex file begins with 10 11 09 88, and this one with {Convert.ToHexString(header[..4])}");
            return;
        }

        uint sum = 0;
        for (var i = 0; i < ChecksumAt; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16LittleEndian(header[i..]);
        }

        var written = BinaryPrimitives.ReadUInt32LittleEndian(header[ChecksumAt..]);
        if (written != sum)
        {
            _remarks.Add(string.Create(CultureInfo.InvariantCulture, $"the header's checksum is {written}, and its words add up to {sum}; it was read all the same"));
        }

        var seconds = BinaryPrimitives.ReadUInt32LittleEndian(header[0x10..]);
        Span<byte> lasting = stackalloc byte[10];
        header[..4].CopyTo(lasting);
        header.Slice(8, 2).CopyTo(lasting[4..]);
        header.Slice(0x10, 4).CopyTo(lasting[6..]);
        Head = new LandHead(
            LandFormat.Cex, header[8] + 1, header[9], seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds).DateTime, LandHead.HashOf(lasting));
    }

    /// <returns>Null: it was no record.</returns>
    private LandRow? ReadUnit(ReadOnlySpan<byte> unit)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(unit);
        var second = BinaryPrimitives.ReadUInt32LittleEndian(unit[4..]);
        if (_open is { } open)
        {
            _open = null;
            if (word != BlockEnds || second != open.IdAndSize)
            {
                Fail(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the block 0x{open.IdAndSize & 0xFFFF:X} of {open.IdAndSize >> 16} bytes that begins at byte {open.At} must end here with BB BB FF FF, its number and its size, and here is {Convert.ToHexString(unit[..8])}"));
            }

            return null;
        }

        switch (word)
        {
            case BlockBegins:
                _open = (second, _at);
                _skip = (int)(second >> 16);
                return null;
            case Event:
                ReadEvent(unit);
                return null;
            case StepBegins:
                BeginStep(unit);
                return null;
            case >= FirstMark:
                Fail($"the mark {Convert.ToHexString(unit[..4])} is not known; there are AA AA, BB BB, CC CC and CD CC, each with FF FF");
                return null;
            default:
                return ReadRecord(word, unit);
        }
    }

    private void ReadEvent(ReadOnlySpan<byte> unit)
    {
        switch (unit[4])
        {
            case TestStarts:
                var seconds = BinaryPrimitives.ReadUInt32LittleEndian(unit[12..]);
                if (seconds != 0 && Head?.Begun is { } begun && DateTimeOffset.FromUnixTimeSeconds(seconds).DateTime != begun)
                {
                    _remarks.Add(string.Create(
                        CultureInfo.InvariantCulture, $"the header says that the test began {begun:yyyy-MM-dd HH:mm:ss}, and an event {DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd HH:mm:ss}"));
                }

                break;
            case GoesTo:
                break;
            case StepId:
                Fail("an event has the number 0x22 of a step mark");
                break;
            default:
                _remarks.Add($"the event 0x{unit[4]:X2} is not known; it was skipped");
                break;
        }
    }

    private void BeginStep(ReadOnlySpan<byte> unit)
    {
        if (unit[4] != StepId || unit[5] != 0)
        {
            Fail($"a step mark goes on with 22 00, and this one with {Convert.ToHexString(unit.Slice(4, 2))}");
            return;
        }

        var step = BinaryPrimitives.ReadUInt16LittleEndian(unit[6..]) & 0x7FFF;
        _pass += step <= _step ? 1 : 0;
        _step = step;
        _stepOrigin = null;
        _mode = unit[8] switch
        {
            0x70 => LandMode.Rest,
            0x02 => LandMode.Discharge,
            0x03 => LandMode.Charge,
            _ => LandMode.Unknown,
        };
        if (_mode == LandMode.Unknown)
        {
            _remarks.Add($"the mode 0x{unit[8]:X2} of a step is not known; its records are read");
        }
    }

    private LandRow? ReadRecord(uint ticks, ReadOnlySpan<byte> unit)
    {
        if (_step is not { } step)
        {
            Fail("a record stands before the first step mark");
            return null;
        }

        var counts = BinaryPrimitives.ReadUInt16LittleEndian(unit[4..]);
        var ampHours = BinaryPrimitives.ReadSingleLittleEndian(unit[8..]);
        var wattHours = BinaryPrimitives.ReadSingleLittleEndian(unit[12..]);
        var before = _ticks;
        var fault = ticks < before ? string.Create(CultureInfo.InvariantCulture, $"its time of {ticks * SecondsPerTick} s is before that of the last record, {before * SecondsPerTick} s")
            : ticks - before > LongestSilence ? string.Create(CultureInfo.InvariantCulture, $"its time of {ticks * SecondsPerTick} s is more than 30 days after that of the last record, {before * SecondsPerTick} s")
            : !(Math.Abs(ampHours) < MostCounted) ? string.Create(CultureInfo.InvariantCulture, $"its charge is {ampHours} Ah; below {MostCounted} is allowed")
            : !(Math.Abs(wattHours) < MostCounted) ? string.Create(CultureInfo.InvariantCulture, $"its energy is {wattHours} Wh; below {MostCounted} is allowed")
            : counts > short.MaxValue && scale.SignedVolts is null ? string.Create(CultureInfo.InvariantCulture, $"its voltage of {counts} counts is {(counts - 65536) * scale.VoltsPerCount:0.####} V if counts have a sign, and {counts * scale.VoltsPerCount:0.####} V if not; say which with land: {{ signed_volts: true|false }} in the profile")
            : null;
        if (fault is not null)
        {
            Fail($"record {(Count + 1).ToString(CultureInfo.InvariantCulture)}: {fault}");
            return null;
        }

        _ticks = ticks;
        _stepOrigin ??= ticks;
        return new LandRow(
            ++Count,
            step,
            _pass,
            _mode,
            (ticks - _stepOrigin.Value) * SecondsPerTick,
            ticks * SecondsPerTick,
            (scale.SignedVolts == true ? (short)counts : counts) * scale.VoltsPerCount,
            BinaryPrimitives.ReadInt16LittleEndian(unit[6..]) * scale.AmperesPerCount,
            Math.Abs((double)ampHours),
            Math.Abs((double)wattHours));
    }

    private void Fail(string what) => Problem ??= new LandProblem($"byte {_at.ToString(CultureInfo.InvariantCulture)}", what);
}
