using System.Runtime.Intrinsics;

namespace Curation.Filters.Video;

/// <summary>Fits the camera's motion between two pictures: a similarity and a brightness offset, robustly, coarse to fine.</summary>
/// <remarks>
/// Gauss-Newton on the later picture's gradients (Baker and Matthews 2004, inverse compositional) with Tukey weights, so that what moves on its own
/// drops out of the fit (Irani and Anandan 1998: the dominant motion).
/// </remarks>
internal sealed class CameraFit
{
    private const int Parameters = 5;
    private const int IterationsPerLevel = 5;

    /// <summary>Tukey cut-off in robust standard deviations (Holland and Welsch 1977).</summary>
    private const float TukeyConstant = 4.685f;

    /// <summary>Smallest cut-off in levels, so that a noiseless pair keeps its pixels.</summary>
    private const float SmallestCutoff = 4f;

    private readonly MotionLevel[] _levels;
    private readonly int[] _histogram = new int[128];
    private readonly double[] _matrix = new double[Parameters * (Parameters + 1)];
    private CameraMotion _last;

    /// <summary>Makes a fit for pictures of a size.</summary>
    public CameraFit(int width, int height)
    {
        var levels = new List<MotionLevel>();
        for (; levels.Count == 0 || (levels.Count < 3 && Math.Min(width, height) >= 8); width /= 2, height /= 2)
        {
            levels.Add(new MotionLevel(width, height));
        }

        _levels = [.. levels];
    }

    /// <summary>The finest level, whose <see cref="MotionLevel.Current"/> the caller fills before <see cref="Fit"/>.</summary>
    public MotionLevel Finest => _levels[0];

    /// <summary>Makes room for the next picture; the one before becomes the earlier of the pair.</summary>
    public void Advance()
    {
        foreach (var level in _levels) level.Swap();
    }

    /// <summary>Builds the coarser levels of the later picture.</summary>
    public void BuildPyramid()
    {
        for (var i = 1; i < _levels.Length; i++) Halve(_levels[i - 1], _levels[i]);
    }

    /// <summary>Fits the pair.</summary>
    /// <returns>The motion in pixels of the finest level, and the share of pixels that agree with it.</returns>
    public (CameraMotion Motion, float Share) Fit()
    {
        var coarsest = _levels[^1];
        foreach (var level in _levels) level.Differentiate();

        var start = _last.Refined(1f / (1 << (_levels.Length - 1)));
        var motion = Cost(coarsest, start) < 0.9f * Cost(coarsest, default) ? start with { Bias = 0 } : default;
        for (var i = _levels.Length - 1; i >= 0; i--)
        {
            motion = Descend(_levels[i], motion);
            if (i > 0) motion = motion.Refined(2);
        }

        var finest = Finest;
        var still = Descend(finest, default, onlyBias: true);
        var fitted = Cost(finest, motion);
        if (!(fitted < 0.95f * Cost(finest, still))) motion = still;

        // The cost above left the error of the wrong candidate behind.
        finest.Warp(motion);
        var cutoff = Math.Max(SmallestCutoff, Cutoff(finest));
        var agreeing = 0;
        for (var i = 0; i < finest.Error.Length; i++) agreeing += finest.Inside[i] > 0 && Math.Abs(finest.Error[i]) < cutoff ? 1 : 0;
        _last = motion;
        return (motion, agreeing / (float)finest.Error.Length);
    }

    private CameraMotion Descend(MotionLevel level, CameraMotion motion, bool onlyBias = false)
    {
        for (var iteration = 0; iteration < (onlyBias ? 2 : IterationsPerLevel); iteration++)
        {
            level.Warp(motion);
            Accumulate(level, Math.Max(SmallestCutoff, Cutoff(level)), onlyBias);
            if (!Solve(out var step)) break;

            motion = new CameraMotion(motion.X - step.X, motion.Y - step.Y, motion.Scale - step.Scale, motion.Turn - step.Turn, motion.Bias + step.Bias);
            if (Math.Abs(motion.Scale) > 0.2f || Math.Abs(motion.Turn) > 0.2f || Math.Abs(motion.X) > level.Width / 2f || Math.Abs(motion.Y) > level.Height / 2f)
            {
                return default;
            }

            if (Math.Abs(step.X) + Math.Abs(step.Y) < 0.005f && Math.Abs(step.Scale) + Math.Abs(step.Turn) < 1e-4f) break;
        }

        return motion;
    }

    /// <summary>Tukey cut-off from the median absolute error.</summary>
    private float Cutoff(MotionLevel level)
    {
        const float Bin = 0.25f;
        Array.Clear(_histogram);
        var count = 0;

        // Every third pixel is enough for a median.
        for (var i = 0; i < level.Error.Length; i += 3)
        {
            if (level.Inside[i] == 0) continue;
            _histogram[Math.Min(_histogram.Length - 1, (int)(Math.Abs(level.Error[i]) / Bin))]++;
            count++;
        }

        var seen = 0;
        for (var i = 0; i < _histogram.Length; i++)
        {
            seen += _histogram[i];
            if (2 * seen >= count) return TukeyConstant * 1.4826f * (i + 0.5f) * Bin;
        }

        return SmallestCutoff;
    }

    private static float Cost(MotionLevel level, in CameraMotion motion)
    {
        // Truncated absolute error; a point outside costs as much as a wrong one.
        const float Worst = 12f;
        level.Warp(motion);
        var total = 0f;
        for (var i = 0; i < level.Error.Length; i++)
        {
            total += level.Trust[i] * (level.Inside[i] > 0 ? Math.Min(Worst, Math.Abs(level.Error[i])) : Worst / 2);
        }

        return total;
    }

    private void Accumulate(MotionLevel level, float cutoff, bool onlyBias)
    {
        Span<Vector256<float>> sums = stackalloc Vector256<float>[20];
        sums.Clear();
        var inverse = Vector256.Create(1 / (cutoff * cutoff));
        var length = level.Error.Length / 8 * 8;
        for (var i = 0; i < length; i += 8)
        {
            var error = Vector256.LoadUnsafe(ref level.Error[i]);
            var inlier = Vector256.Max(Vector256<float>.Zero, Vector256<float>.One - error * error * inverse);
            var weight = inlier * inlier * Vector256.LoadUnsafe(ref level.Inside[i]) * Vector256.LoadUnsafe(ref level.Trust[i]);
            var a = Vector256.LoadUnsafe(ref level.GradientX[i]);
            var b = Vector256.LoadUnsafe(ref level.GradientY[i]);
            var c = Vector256.LoadUnsafe(ref level.Radial[i]);
            var d = Vector256.LoadUnsafe(ref level.Tangential[i]);
            var we = weight * error;
            var wa = weight * a;
            var wb = weight * b;
            var wc = weight * c;
            var wd = weight * d;
            sums[0] += wa * a;
            sums[1] += wa * b;
            sums[2] += wa * c;
            sums[3] += wa * d;
            sums[4] += wa;
            sums[5] += wb * b;
            sums[6] += wb * c;
            sums[7] += wb * d;
            sums[8] += wb;
            sums[9] += wc * c;
            sums[10] += wc * d;
            sums[11] += wc;
            sums[12] += wd * d;
            sums[13] += wd;
            sums[14] += weight;
            sums[15] += we * a;
            sums[16] += we * b;
            sums[17] += we * c;
            sums[18] += we * d;
            sums[19] += we;
        }

        Arrange(sums, level, onlyBias);
    }

    private void Arrange(ReadOnlySpan<Vector256<float>> sums, MotionLevel level, bool onlyBias)
    {
        const int Stride = Parameters + 1;
        var next = 0;
        for (var row = 0; row < Parameters; row++)
        {
            for (var column = row; column < Parameters; column++)
            {
                double value = Vector256.Sum(sums[next++]);
                _matrix[row * Stride + column] = value;
                _matrix[column * Stride + row] = value;
            }
        }

        for (var row = 0; row < Parameters; row++) _matrix[row * Stride + Parameters] = Vector256.Sum(sums[next++]);

        // A weak pull to no motion: a picture without texture must not drift. In units of squared levels a pixel.
        var pull = level.Error.Length * 0.02;
        var lever = (level.Width * level.Width + level.Height * level.Height) / 12.0;
        _matrix[0] += pull;
        _matrix[Stride + 1] += pull;
        _matrix[2 * Stride + 2] += pull * lever;
        _matrix[3 * Stride + 3] += pull * lever;
        _matrix[4 * Stride + 4] += 1e-3;
        if (!onlyBias) return;

        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < Stride; column++)
            {
                _matrix[row * Stride + column] = row == column ? 1 : 0;
                if (column < Parameters) _matrix[column * Stride + row] = row == column ? 1 : 0;
            }
        }
    }

    /// <summary>Gaussian elimination; the matrix is symmetric and positive, so no pivoting is needed.</summary>
    private bool Solve(out CameraMotion step)
    {
        const int Stride = Parameters + 1;
        step = default;
        for (var pivot = 0; pivot < Parameters; pivot++)
        {
            var diagonal = _matrix[pivot * Stride + pivot];
            if (!(diagonal > 1e-9)) return false;
            for (var row = 0; row < Parameters; row++)
            {
                if (row == pivot) continue;
                var factor = _matrix[row * Stride + pivot] / diagonal;
                for (var column = pivot; column < Stride; column++) _matrix[row * Stride + column] -= factor * _matrix[pivot * Stride + column];
            }
        }

        Span<float> solved = stackalloc float[Parameters];
        for (var row = 0; row < Parameters; row++) solved[row] = (float)(_matrix[row * Stride + Parameters] / _matrix[row * Stride + row]);
        step = new CameraMotion(solved[0], solved[1], solved[2], solved[3], solved[4]);
        return true;
    }

    private static void Halve(MotionLevel fine, MotionLevel coarse)
    {
        for (var y = 0; y < coarse.Height; y++)
        {
            var upper = fine.Current.AsSpan(2 * y * fine.Width, fine.Width);
            var lower = fine.Current.AsSpan((2 * y + 1) * fine.Width, fine.Width);
            var row = coarse.Current.AsSpan(y * coarse.Width, coarse.Width);
            for (var x = 0; x < row.Length; x++) row[x] = 0.25f * (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
        }
    }
}
