using System.Globalization;
using CyclerControl.Core.Quantities;

namespace CyclerControl.Core.Tests.Quantities;

public sealed class QuantityParserTests
{
    [Theory]
    [InlineData("0.1 mA/cm2", Dimension.CurrentDensity, 1e-4)]
    [InlineData("0.1mA/cm²", Dimension.CurrentDensity, 1e-4)]
    [InlineData("5 µA", Dimension.Current, 5e-6)]
    [InlineData("5 μA", Dimension.Current, 5e-6)]
    [InlineData("5 uA", Dimension.Current, 5e-6)]
    [InlineData("25 °C", Dimension.Temperature, 25)]
    [InlineData("298.15 K", Dimension.Temperature, 25)]
    [InlineData("12 Ω", Dimension.Resistance, 12)]
    [InlineData("1.2 kΩ", Dimension.Resistance, 1200)]
    [InlineData("86 ohm cm2", Dimension.ArealResistance, 86)]
    [InlineData("-50 mV", Dimension.Voltage, -0.05)]
    [InlineData("−0.5 V", Dimension.Voltage, -0.5)]
    [InlineData("0 V", Dimension.Voltage, 0)]
    [InlineData("1 h 30 min", Dimension.Time, 5400)]
    [InlineData("1h30min10.5s", Dimension.Time, 5410.5)]
    [InlineData("1 d", Dimension.Time, 86400)]
    [InlineData("100 ms", Dimension.Time, 0.1)]
    [InlineData("C/20", Dimension.CRate, 0.05)]
    [InlineData("0.5C", Dimension.CRate, 0.5)]
    [InlineData("1 C", Dimension.CRate, 1)]
    [InlineData("10 mHz", Dimension.Frequency, 0.01)]
    [InlineData("6 MHz", Dimension.Frequency, 6e6)]
    [InlineData("80 %", Dimension.Fraction, 0.8)]
    [InlineData("1e-3 A", Dimension.Current, 1e-3)]
    [InlineData("170 mA/g", Dimension.SpecificCurrent, 0.17)]
    [InlineData("2.5 um", Dimension.Length, 2.5e-4)]
    [InlineData("20 cm3/mol", Dimension.MolarVolume, 20)]
    public void Parse_WhatPeopleWrite_IsUnderstood(string text, Dimension dimension, double expected)
    {
        var quantity = QuantityParser.Require(text);
        Assert.Equal(dimension, quantity.Dimension);
        Assert.Equal(expected, quantity.BaseValue, 1e-12 * Math.Abs(expected));
    }

    [Theory]
    [InlineData("10", "has no unit; 10 what? write 10 s", Dimension.Time)]
    [InlineData("-1.5", "has no unit; -1.5 what? write -1.5 V", Dimension.Voltage)]
    [InlineData("0.5", "has no unit; 0.5 what? write 50 %", Dimension.Fraction)]
    [InlineData("1 Q", "has unknown unit 'Q'; use A, mA, uA, nA", Dimension.Current)]
    [InlineData("1 ma", "has unknown unit 'ma'; did you mean mA? use A, mA, uA, nA", Dimension.Current)]
    [InlineData("1 mV", "is a voltage, not a current; use A, mA, uA, nA", Dimension.Current)]
    [InlineData("0,5 mA", "has a comma in its number; write the decimals after a point: 0.5 mA", Dimension.Current)]
    [InlineData("", "is empty; write 1 s", Dimension.Time)]
    [InlineData("fast", "does not start with a number; write 1 s", Dimension.Time)]
    [InlineData("30 min 1 h", "has unknown unit 'min 1 h'; use s, ms, min, h, d", Dimension.Time)]
    [InlineData("1e99 s", "has a number that cannot be kept exactly; use a number between 1e-15 and 1e15", Dimension.Time)]
    [InlineData("1e-40 s", "has a number that cannot be kept exactly; use a number between 1e-15 and 1e15", Dimension.Time)]
    public void Parse_WhatIsWrong_IsNamedWithACure(string text, string expected, Dimension dimension)
    {
        var reading = QuantityParser.Parse(text, dimension);
        Assert.Null(reading.Quantity);
        Assert.Equal(expected, $"{reading.Message}; {reading.Cure}");
    }

    [Theory]
    [InlineData("C/0")]
    [InlineData("C/-2")]
    [InlineData("C/")]
    [InlineData("1 coulomb")]
    [InlineData("NaN s")]
    [InlineData("Infinity s")]
    [InlineData("0x10 s")]
    [InlineData("1 s 2")]
    [InlineData("1..2 s")]
    [InlineData("+ s")]
    public void Parse_Nonsense_IsRefused(string text) => Assert.Null(QuantityParser.Parse(text).Quantity);

    [Fact]
    public void Print_AnyQuantity_ReadsBackEqualInEveryCulture()
    {
        var random = new Random(20241);
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = culture;
            for (var i = 0; i < 5000; i++)
            {
                var unit = Unit.All[random.Next(Unit.All.Length)];
                if (unit.Symbol == "1")
                {
                    continue;
                }

                var number = new decimal(random.Next(), random.Next(1000), 0, random.Next(2) == 0 && unit.Dimension != Dimension.CRate, (byte)random.Next(0, 14));
                var quantity = new Quantity(number, unit, unit.Dimension == Dimension.CRate && number != 0 && random.Next(2) == 0);
                Assert.Equal(quantity, QuantityParser.Parse(quantity.ToString()).Quantity);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void In_AnotherUnitOfTheDimension_KeepsTheAmount()
    {
        foreach (var unit in Unit.All)
        {
            foreach (var other in Unit.All.Where(u => u.Dimension == unit.Dimension))
            {
                Assert.Equal((12.5m * unit.Factor) + unit.Offset, new Quantity(12.5m, unit).In(other).BaseNumber, 20);
            }
        }
    }

    [Theory]
    [InlineData(0.0000785, Dimension.Current, "0.0785 mA")]
    [InlineData(0.003925, Dimension.Current, "3.93 mA")]
    [InlineData(2e-9, Dimension.Current, "2 nA")]
    [InlineData(25, Dimension.Current, "25 A")]
    [InlineData(0.000001, Dimension.CurrentDensity, "1 uA/cm2")]
    [InlineData(0.05, Dimension.CRate, "0.05C")]
    [InlineData(0.02, Dimension.Fraction, "2 %")]
    [InlineData(-0.5, Dimension.Voltage, "-0.5 V")]
    [InlineData(0.001, Dimension.Voltage, "1 mV")]
    [InlineData(0, Dimension.Voltage, "0 V")]
    [InlineData(79800, Dimension.Time, "22 h 10 min")]
    [InlineData(0.1, Dimension.Time, "100 ms")]
    public void Print_InsideValue_IsReadable(double value, Dimension dimension, string expected) =>
        Assert.Equal(expected, QuantityPrinter.Print(value, dimension));
}
