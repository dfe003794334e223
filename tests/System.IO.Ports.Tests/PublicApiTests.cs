using System.Reflection;

namespace System.IO.Ports.Tests;

public sealed class PublicApiTests
{
    private static readonly string[] Listed = Read();

    [Fact]
    public void PublicApi_EveryListedMember_Exists()
    {
        Assert.NotEmpty(Listed);
        Assert.Empty(Listed.Except(Members()));
    }

    [Fact]
    public void Assembly_Identity_IsThePackages() =>
        Assert.Equal("System.IO.Ports, 10.0.0.0", $"{typeof(SerialPort).Assembly.GetName().Name}, {typeof(SerialPort).Assembly.GetName().Version}");

#if SUBSTITUTE
    [Fact]
    public void PublicApi_OfTheSubstitute_IsExactlyTheList() => Assert.Equal(Listed, Members());
#endif

    private static string[] Read()
    {
        using var stream = typeof(PublicApiTests).Assembly.GetManifestResourceStream("PublicApi.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string[] Members() =>
    [
        .. typeof(SerialPort).Assembly.GetExportedTypes()
            .SelectMany(type => type
                .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                .Where(member => member.DeclaringType?.Assembly == type.Assembly && member is not MethodInfo { IsSpecialName: true } and not Type)
                .Select(member => $"{Name(type)}: {Describe(member)}"))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Name(method.ReturnType)} {method.Name}{Arity(method)}({Parameters(method)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}",
        _ => member.ToString()!,
    };

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    /// <summary>Without the optional ones: the package may have more of them.</summary>
    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Where(p => !p.IsOptional).Select(p => (p.IsOut ? "out " : "") + Name(p.ParameterType)));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        var name = type.Name.Split('`')[0];
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        return name + arguments;
    }
}
