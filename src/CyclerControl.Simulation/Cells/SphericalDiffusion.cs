namespace CyclerControl.Simulation.Cells;

/// <summary>
/// Diffusion in a sphere cut into shells (finite volumes, thinner towards the surface), integrated exactly in time: the shells' equations are
/// diagonalised once, and each mode is then advanced by its exponential, whatever the step.
/// </summary>
/// <remarks>Concentration is in units of the particle's mean range (0 empty, 1 full); flux is the rate of change of the mean, 1/s.</remarks>
public sealed class SphericalDiffusion
{
    private const double Refinement = 1.18;
    private readonly int _count;
    private readonly double[] _rates;
    private readonly double[] _drive;
    private readonly double[] _surface;
    private readonly double[] _decay;
    private readonly double[] _gain;
    private readonly double _skin;
    private readonly double[] _modes;
    private readonly double[] _mark;
    private double _seconds = double.NaN;

    /// <param name="diffusionPerRadiusSquared">D / r^2, 1/s.</param>
    /// <param name="shells">At least 2.</param>
    /// <param name="start">Uniform concentration at the start.</param>
    public SphericalDiffusion(double diffusionPerRadiusSquared, int shells, double start)
    {
        _count = shells;
        _rates = new double[shells];
        _drive = new double[shells];
        _surface = new double[shells];
        _decay = new double[shells];
        _gain = new double[shells];
        _modes = new double[shells];
        _mark = new double[shells];
        var edges = Edges(shells);
        var volumes = new double[shells];
        for (var i = 0; i < shells; i++)
        {
            volumes[i] = Math.Pow(edges[i + 1], 3) - Math.Pow(edges[i], 3);
        }

        var matrix = new double[shells, shells];
        for (var i = 0; i + 1 < shells; i++)
        {
            // 4 pi r^2 D / distance, in units of 4 pi / 3 of the sphere's volume.
            var conductance = 3 * diffusionPerRadiusSquared * edges[i + 1] * edges[i + 1] / ((edges[i + 2] - edges[i]) / 2);
            matrix[i, i] += conductance / volumes[i];
            matrix[i + 1, i + 1] += conductance / volumes[i + 1];
            matrix[i, i + 1] = matrix[i + 1, i] = -conductance / Math.Sqrt(volumes[i] * volumes[i + 1]);
        }

        var vectors = JacobiEigen.Decompose(matrix);
        for (var mode = 0; mode < shells; mode++)
        {
            _rates[mode] = Math.Max(0, matrix[mode, mode]);
            _drive[mode] = vectors[shells - 1, mode] / Math.Sqrt(volumes[shells - 1]);
            _surface[mode] = _drive[mode];
            for (var i = 0; i < shells; i++)
            {
                _modes[mode] += vectors[i, mode] * Math.Sqrt(volumes[i]) * start;
            }
        }

        // The flux through the surface is a third of the mean's rate: its gradient across the outer half shell.
        _skin = (edges[shells] - edges[shells - 1]) / 2 / (3 * diffusionPerRadiusSquared);
    }

    /// <summary>Concentration at the surface while this flux flows.</summary>
    public double Surface(double flux)
    {
        var sum = flux * _skin;
        for (var i = 0; i < _count; i++)
        {
            sum += _surface[i] * _modes[i];
        }

        return sum;
    }

    /// <summary>The surface after a further step is offset + slope x flux.</summary>
    public void Predict(double seconds, out double offset, out double slope)
    {
        Prepare(seconds);
        offset = 0;
        slope = _skin;
        for (var i = 0; i < _count; i++)
        {
            offset += _surface[i] * _decay[i] * _modes[i];
            slope += _surface[i] * _gain[i];
        }
    }

    /// <param name="flux">Constant over the step, 1/s.</param>
    public void Advance(double seconds, double flux)
    {
        Prepare(seconds);
        for (var i = 0; i < _count; i++)
        {
            _modes[i] = (_decay[i] * _modes[i]) + (_gain[i] * flux);
        }
    }

    public void Mark() => _modes.CopyTo(_mark, 0);

    public void Rewind() => _mark.CopyTo(_modes, 0);

    private static double[] Edges(int shells)
    {
        var edges = new double[shells + 1];
        var thickness = 1.0;
        for (var i = shells; i > 0; i--)
        {
            edges[i - 1] = edges[i] + thickness;
            thickness *= Refinement;
        }

        var total = edges[0];
        for (var i = 0; i <= shells; i++)
        {
            edges[i] = 1 - (edges[i] / total);
        }

        return edges;
    }

    private void Prepare(double seconds)
    {
        if (seconds == _seconds)
        {
            return;
        }

        _seconds = seconds;
        for (var i = 0; i < _count; i++)
        {
            var exponent = _rates[i] * seconds;
            _decay[i] = Math.Exp(-exponent);
            _gain[i] = _drive[i] * (exponent < 1e-8 ? seconds : (1 - _decay[i]) / _rates[i]);
        }
    }
}
