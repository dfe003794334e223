using System.Globalization;
using System.Text;
using CyclerControl.Instruments.Dialects.Scpi;
using CyclerControl.Instruments.Sessions;

namespace CyclerControl.Instruments.Tests.Dialects.Scpi;

public sealed class TemplateTests
{
    private static string Write(string template, double value, params int[] channels)
    {
        var message = new MessageBuffer();
        var parsed = MessageTemplate.TryParse(template, out var problem);
        Assert.Null(problem);
        parsed!.ForChannel(3).Write(message, value, channels);
        return Encoding.UTF8.GetString(message.Written);
    }

    [Theory]
    [InlineData("VOLT {voltage:V:0.0000}", 1.00004, "VOLT 1.0000")]
    [InlineData("VOLT {voltage:V:0.0000}", -1.5, "VOLT -1.5000")]
    [InlineData("VOLT {voltage:mV:0}", 0.25, "VOLT 250")]
    [InlineData("CURR {current:A:+0.000000E+00},(@{channel})", 1.234567e-3, "CURR +1.234567E-03,(@3)")]
    [InlineData("CURR {current:A:+0.000000E+00}", -1.5e-9, "CURR -1.500000E-09")]
    [InlineData("CURR {current:A:+0.000000E+00}", 0, "CURR +0.000000E+00")]
    [InlineData("CURR {current:uA:0.00}", 1e-4, "CURR 100.00")]
    [InlineData("MEAS? (@{channels})", 0, "MEAS? (@1,3,5)")]
    public void MessageTemplate_Write_FollowsUnitAndFormat(string template, double value, string expected) =>
        Assert.Equal(expected, Write(template, value, 1, 3, 5));

    [Theory]
    [InlineData("CURR {current}", "without a unit")]
    [InlineData("CURR {current:V:0.0}", "none of current")]
    [InlineData("CURR {current:A:0,0}", "with the format '0,0'")]
    [InlineData("CURR {current:A}", "does not say how to write")]
    [InlineData("CURR {amps:A:0.0}", "unknown placeholder {amps:A:0.0}")]
    [InlineData("CURR {current:A:0.0", "opening brace without a closing one")]
    public void MessageTemplate_BadPlaceholder_IsNamed(string template, string expected)
    {
        Assert.Null(MessageTemplate.TryParse(template, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+1.5E+00,-2.5E-03", true)]
    [InlineData(" 1.5 ,-0.0025", true)]
    [InlineData("1.5,-0.0025,", false)]
    [InlineData("1.5,-0.0025 V", false)]
    [InlineData("1.5", false)]
    [InlineData("1.5,", false)]
    [InlineData(",1.5", false)]
    [InlineData("0,\"No error\"", false)]
    [InlineData("1.5;-0.0025", false)]
    [InlineData("", false)]
    public void ReplyPattern_Reply_MatchesWholeOrNotAtAll(string reply, bool matches)
    {
        var pattern = ReplyPattern.TryParse("{voltage:V},{current:A}", out _)!;
        Assert.Equal(matches, pattern.Matches(Encoding.UTF8.GetBytes(reply), InvalidReadings.None, out var values));
        if (matches)
        {
            Assert.Equal(1.5, values.Volts);
            Assert.Equal(-0.0025, values.Amperes);
            Assert.False(values.IsInvalid);
        }
    }

    [Theory]
    [InlineData("9.91E37,1.0")]
    [InlineData("1.0,+9.910000E+37")]
    [InlineData("OVLD,1.0")]
    public void ReplyPattern_ListedReading_IsInvalidNotANumber(string reply)
    {
        var pattern = ReplyPattern.TryParse("{voltage:V},{current:A}", out _)!;
        Assert.True(pattern.Matches(Encoding.UTF8.GetBytes(reply), new InvalidReadings(["9.91E37", "OVLD"]), out var values));
        Assert.True(values.IsInvalid);
    }

    [Theory]
    [InlineData("{voltage:V}{current:A}", "nothing between")]
    [InlineData("{voltage:V},{voltage:mV}", "voltage twice")]
    [InlineData("{channel},{voltage:V}", "{channel} in a reply")]
    public void ReplyPattern_BadPattern_IsNamed(string text, string expected)
    {
        Assert.Null(ReplyPattern.TryParse(text, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,*", "0,\"No error\"", true)]
    [InlineData("0,*", "-113,\"Undefined header\"", false)]
    [InlineData("KEITHLEY*,MODEL 2450,*", "Keithley Instruments,MODEL 2450,1,2", true)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b", "xxaxxbxx", false)]
    [InlineData("1", " 1 ", true)]
    [InlineData("1", "11", false)]
    [InlineData("*", "", true)]
    public void WildcardPattern_Reply_IsComparedWhole(string pattern, string reply, bool matches) =>
        Assert.Equal(matches, new WildcardPattern(pattern).Matches(Encoding.UTF8.GetBytes(reply)));

    [Fact]
    public void MessageTemplate_WrittenNumber_ReadsBackWithinItsQuantum()
    {
        var random = new Random(11);
        var template = MessageTemplate.TryParse("{current:A:+0.000000E+00}", out _)!;
        for (var i = 0; i < 2000; i++)
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 3));
            var message = new MessageBuffer();
            template.Write(message, value, []);
            var back = double.Parse(message.Written, CultureInfo.InvariantCulture);
            Assert.InRange(back, value - template.QuantumAt(value), value + template.QuantumAt(value));
        }
    }

    [Fact]
    public void MessageTemplate_Write_AllocatesNothing()
    {
        var template = MessageTemplate.TryParse("CURR {current:A:+0.000000E+00},(@{channels})", out _)!;
        var pattern = ReplyPattern.TryParse("{voltage:V},{current:A}", out _)!;
        var message = new MessageBuffer();
        int[] channels = [1, 2, 3];
        long Round(int count)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++)
            {
                message.Clear();
                template.Write(message, 1.25e-3 * i, channels);
                _ = pattern.Matches("+1.5E+00,-2.5E-03"u8, InvalidReadings.None, out _);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _ = Round(100);
        // Per operation: the runtime may put a few bytes on this thread once, while it replaces code by better code.
        Assert.Equal(0, Round(1000) / 1000);
    }
}
