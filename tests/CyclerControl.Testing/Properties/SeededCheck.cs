using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CyclerControl.Testing.Properties;

/// <summary>
/// Runs FsCheck properties from a fixed seed, so that a test is the same every time. CYCLER_FSCHECK_SEED takes another one; the seed is
/// printed with every failure.
/// </summary>
public static class SeededCheck
{
    private const ulong DefaultSeed = 20261121;

    /// <summary>Odd, as the generator wants it.</summary>
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Checks the property on many generated values; throws with the smallest counterexample that was found, and the seed.</summary>
    public static void ForAll<T>(Arbitrary<T> values, Action<T> property, int tests = 100)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("CYCLER_FSCHECK_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : DefaultSeed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FsCheck seed {seed}"));
        var replay = new Replay(new Rnd(seed, Gamma), FSharpOption<int>.None);
        var config = Config.QuickThrowOnFailure.WithReplay(FSharpOption<Replay>.Some(replay)).WithMaxTest(tests).WithQuietOnSuccess(true);
        Prop.ForAll(values, property).Check(config);
    }
}
