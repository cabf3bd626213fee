using System.Numerics.Tensors;

namespace Curation.Filters.Video;

/// <summary>One level of the pyramid of the camera fit: the later picture, the earlier one, and the later one's steepest-descent images.</summary>
internal sealed class MotionLevel
{
    /// <summary>Weight of the centre against the rim; uncalibrated.</summary>
    private const float LeastTrust = 0.2f;

    private readonly float[] _offsets;

    public MotionLevel(int width, int height)
    {
        Width = width;
        Height = height;
        Current = new float[width * height];
        Previous = new float[width * height];
        GradientX = new float[width * height];
        GradientY = new float[width * height];
        Radial = new float[width * height];
        Tangential = new float[width * height];
        Error = new float[width * height];
        Inside = new float[width * height];
        _offsets = new float[width];
        for (var x = 0; x < width; x++) _offsets[x] = x - (width - 1) / 2f;

        Trust = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var away = Math.Max(Math.Abs(2f * x / (width - 1) - 1), Math.Abs(2f * y / (height - 1) - 1));
                Trust[y * width + x] = LeastTrust + (1 - LeastTrust) * away * away;
            }
        }
    }

    public int Width { get; }

    public int Height { get; }

    public float[] Current { get; private set; }

    public float[] Previous { get; private set; }

    public float[] GradientX { get; }

    public float[] GradientY { get; }

    /// <summary>Derivative by scale.</summary>
    public float[] Radial { get; }

    /// <summary>Derivative by turn.</summary>
    public float[] Tangential { get; }

    /// <summary>Earlier picture, warped, minus the later one.</summary>
    public float[] Error { get; }

    /// <summary>1 where the warped point lies inside the earlier picture, else 0.</summary>
    public float[] Inside { get; }

    /// <summary>Prior weight: subjects stand in the middle, what the camera's motion shows best lies towards the rim.</summary>
    public float[] Trust { get; }

    /// <summary>Makes the later picture the earlier one; the other's buffer is filled next.</summary>
    public void Swap() => (Current, Previous) = (Previous, Current);

    /// <summary>Central differences of the later picture and what follows from them. Border pixels get none and take no part.</summary>
    public void Differentiate()
    {
        for (var y = 1; y < Height - 1; y++)
        {
            var start = y * Width;
            var inner = Width - 2;
            var gx = GradientX.AsSpan(start + 1, inner);
            var gy = GradientY.AsSpan(start + 1, inner);
            TensorPrimitives.Subtract(Current.AsSpan(start + 2, inner), Current.AsSpan(start, inner), gx);
            TensorPrimitives.Multiply(gx, 0.5f, gx);
            TensorPrimitives.Subtract(Current.AsSpan(start + 1 + Width, inner), Current.AsSpan(start + 1 - Width, inner), gy);
            TensorPrimitives.Multiply(gy, 0.5f, gy);

            var down = y - (Height - 1) / 2f;
            var across = _offsets.AsSpan(1, inner);
            var radial = Radial.AsSpan(start + 1, inner);
            var tangential = Tangential.AsSpan(start + 1, inner);
            TensorPrimitives.Multiply(gy, down, radial);
            TensorPrimitives.MultiplyAdd(gx, across, radial, radial);
            TensorPrimitives.Multiply(gx, -down, tangential);
            TensorPrimitives.MultiplyAdd(gy, across, tangential, tangential);
        }
    }

    /// <summary>Fills <see cref="Error"/> and <see cref="Inside"/>: <c>Previous(W(x)) - Current(x) - bias</c>.</summary>
    public void Warp(in CameraMotion motion) => Warp(Previous, Current, Width, Height, motion, Error, Inside);

    /// <summary>Samples the earlier picture where the later one's points lay, bilinearly, and subtracts the later one.</summary>
    public static void Warp(
        ReadOnlySpan<float> previous, ReadOnlySpan<float> current, int width, int height, in CameraMotion motion, Span<float> error, Span<float> inside)
    {
        float centreX = (width - 1) / 2f, centreY = (height - 1) / 2f;
        float limitX = width - 1.001f, limitY = height - 1.001f;
        float alongX = 1 + motion.Scale, alongY = motion.Turn;
        for (var y = 0; y < height; y++)
        {
            var down = y - centreY;
            var u = motion.X + centreX - alongX * centreX - motion.Turn * down;
            var v = motion.Y + centreY - alongY * centreX + (1 + motion.Scale) * down;
            var row = y * width;
            for (var x = 0; x < width; x++, u += alongX, v += alongY)
            {
                if (u < 0 || v < 0 || u > limitX || v > limitY)
                {
                    error[row + x] = 0;
                    inside[row + x] = 0;
                    continue;
                }

                int left = (int)u, top = (int)v;
                float fx = u - left, fy = v - top;
                var at = top * width + left;
                var upper = previous[at] + fx * (previous[at + 1] - previous[at]);
                var lower = previous[at + width] + fx * (previous[at + width + 1] - previous[at + width]);
                error[row + x] = upper + fy * (lower - upper) - current[row + x] - motion.Bias;
                inside[row + x] = 1;
            }
        }
    }
}
