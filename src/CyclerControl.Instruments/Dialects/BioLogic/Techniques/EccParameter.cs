using System.Globalization;

namespace CyclerControl.Instruments.Dialects.BioLogic.Techniques;

/// <summary>What a parameter is.</summary>
internal enum EccParameterType : byte
{
    Integer,
    Boolean,
    Single,
}

/// <summary>One parameter of a technique, before it has the vendor's form.</summary>
/// <param name="Label">Name in the technique's file.</param>
/// <param name="Value">0 or 1 for a boolean; V, A or s for a single.</param>
/// <param name="Index">Place in an indexed parameter, from 0.</param>
internal readonly record struct EccParameter(string Label, EccParameterType Type, double Value, int Index)
{
    public static EccParameter Integer(string label, int value, int index = 0) => new(label, EccParameterType.Integer, value, index);

    public static EccParameter Boolean(string label, bool value, int index = 0) => new(label, EccParameterType.Boolean, value ? 1 : 0, index);

    public static EccParameter Single(string label, double value, int index = 0) => new(label, EccParameterType.Single, value, index);

    public override string ToString() => Type == EccParameterType.Single
        ? string.Create(CultureInfo.InvariantCulture, $"{Label}[{Index}]={(float)Value:G9}")
        : string.Create(CultureInfo.InvariantCulture, $"{Label}[{Index}]={(int)Value}");
}
