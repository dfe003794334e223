namespace CyclerControl.Core.Detection.Models;

/// <summary>How the model of a half-cycle follows the voltage.</summary>
/// <param name="MemorySeconds">
/// Memory of level and slope, s. Longer: drops that take longer are seen. Shorter: fast nucleation is followed. 10 s follows an exponential decay of 60 %
/// with a time constant of 50 s within the relative floor.
/// </param>
/// <param name="MemorySamples">Memory is never shorter than so many samples: a slow recorder must average too.</param>
/// <param name="SettleSeconds">Age from which the level counts as the half-cycle's own, s: double layer and contacts have relaxed.</param>
/// <param name="SettleSamples">And so many samples.</param>
/// <param name="RelativeFloor">Model error as a fraction of V: drift, temperature and quantisation within the memory.</param>
/// <param name="DriftPerSecond">
/// And at least this fraction per second of memory, 1/s: 3 K in 10 min are 0.02 % of V each second, and the model lags by at most 1/e of that times its memory.
/// </param>
/// <param name="YouthFloor">
/// Model error of a young half-cycle, as a fraction of V, times (memory / age)^2. A relaxation of amplitude A has, whatever its time constant, a curvature of at
/// most 0.54 A / age^2, and the lag of the model is curvature x memory^2: 0.54 x 60 % / 2.5 sigma = 0.13.
/// </param>
/// <param name="NoiseFloorVolts">Least standard deviation of a reading, V: the best measured channel has 24.4 uV.</param>
/// <param name="InitialNoiseVolts">Standard deviation assumed before it is measured, V: the worst measured channel has 78 uV.</param>
public sealed record HalfCycleModelSettings(
    double MemorySeconds = 10,
    int MemorySamples = 10,
    double SettleSeconds = 10,
    int SettleSamples = 10,
    double RelativeFloor = 0.01,
    double DriftPerSecond = 7.4e-5,
    double YouthFloor = 0.13,
    double NoiseFloorVolts = 25e-6,
    double InitialNoiseVolts = 100e-6);
