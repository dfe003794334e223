namespace CyclerControl.Analysis.Gitt;

/// <summary>
/// Least squares of a straight line to the polyline through the points, integrated over x: an irregular record counts by the x that it covers,
/// not by its number of points. One pass, constant memory.
/// </summary>
internal struct PolylineFit
{
    private double _originX;
    private double _originY;
    private double _lastX;
    private double _lastY;
    private bool _any;
    private double _s;
    private double _sx;
    private double _sy;
    private double _sxx;
    private double _sxy;

    public void Add(double x, double y)
    {
        if (!_any)
        {
            (_originX, _originY, _any) = (x, y, true);
            (_lastX, _lastY) = (0, 0);
            return;
        }

        var (x1, y1) = (x - _originX, y - _originY);
        var dx = x1 - _lastX;
        if (dx > 0)
        {
            var (x0, y0) = (_lastX, _lastY);
            _s += dx;
            _sx += dx * (x0 + x1) / 2;
            _sy += dx * (y0 + y1) / 2;
            _sxx += dx * ((x0 * x0) + (x0 * x1) + (x1 * x1)) / 3;
            _sxy += dx * ((2 * x0 * y0) + (x0 * y1) + (x1 * y0) + (2 * x1 * y1)) / 6;
        }

        (_lastX, _lastY) = (x1, y1);
    }

    /// <summary>Null below two points.</summary>
    public readonly (double Slope, double Intercept)? Line
    {
        get
        {
            var determinant = (_s * _sxx) - (_sx * _sx);
            if (determinant <= 0)
            {
                return null;
            }

            var slope = ((_s * _sxy) - (_sx * _sy)) / determinant;
            var middle = _originY + ((_sy - (slope * _sx)) / _s);
            return (slope, middle - (slope * _originX));
        }
    }
}
