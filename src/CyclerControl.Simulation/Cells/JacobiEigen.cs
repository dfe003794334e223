namespace CyclerControl.Simulation.Cells;

/// <summary>Eigenvalues and vectors of a small symmetric matrix by Jacobi rotations. Once per cell, so plain is good enough.</summary>
internal static class JacobiEigen
{
    /// <param name="matrix">Symmetric; destroyed, its diagonal then holds the eigenvalues.</param>
    /// <returns>Orthonormal vectors in the columns.</returns>
    public static double[,] Decompose(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
        }

        for (var sweep = 0; sweep < 100; sweep++)
        {
            double off = 0, diagonal = 0;
            for (var i = 0; i < n; i++)
            {
                diagonal += matrix[i, i] * matrix[i, i];
                for (var j = i + 1; j < n; j++)
                {
                    off += matrix[i, j] * matrix[i, j];
                }
            }

            if (off <= 1e-30 * diagonal)
            {
                break;
            }

            for (var i = 0; i < n; i++)
            {
                for (var j = i + 1; j < n; j++)
                {
                    Rotate(matrix, vectors, i, j);
                }
            }
        }

        return vectors;
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }

        var n = a.GetLength(0);
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (var k = 0; k < n; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
        }
    }
}
