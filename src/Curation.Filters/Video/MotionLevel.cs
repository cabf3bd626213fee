using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        if (motion is { X: 0, Y: 0, Scale: 0, Turn: 0 })
        {
            TensorPrimitives.Subtract(previous, current, error);
            TensorPrimitives.Subtract(error, motion.Bias, error);
            inside.Fill(1);
            return;
        }

        float centreX = (width - 1) / 2f, centreY = (height - 1) / 2f;
        float alongX = 1 + motion.Scale, alongY = motion.Turn;
        error.Clear();
        inside.Clear();
        for (var y = 0; y < height; y++)
        {
            var down = y - centreY;
            var u = motion.X + centreX - alongX * centreX - motion.Turn * down;
            var v = motion.Y + centreY - alongY * centreX + (1 + motion.Scale) * down;
            int first = 0, end = width;
            Narrow(u, alongX, width - 1.01f, ref first, ref end);
            Narrow(v, alongY, height - 1.01f, ref first, ref end);
            if (first >= end) continue;

            WarpRow(previous, width, (u, alongX), (v, alongY), first, current.Slice(y * width, width)[..end], motion.Bias, error.Slice(y * width, end));
            inside.Slice(y * width + first, end - first).Fill(1);
        }
    }

    /// <summary>Narrows a range of x to where <c>start + x * slope</c> lies in [0.001, limit]; the margin covers rounding.</summary>
    private static void Narrow(float start, float slope, float limit, ref int first, ref int end)
    {
        if (Math.Abs(slope) < 1e-6f)
        {
            if (start < 0.001f || start > limit - 0.001f) end = 0;
            return;
        }

        float a = (0.001f - start) / slope, b = (limit - 0.001f - start) / slope;
        first = Math.Max(first, (int)Math.Ceiling(Math.Clamp(Math.Min(a, b), -1e6f, 1e6f)));
        end = Math.Min(end, (int)Math.Floor(Math.Clamp(Math.Max(a, b), -1e6f, 1e6f)) + 1);
    }

    private static void WarpRow(
        ReadOnlySpan<float> previous, int width, (float Start, float Slope) u, (float Start, float Slope) v, int first, ReadOnlySpan<float> current, float bias, Span<float> error)
    {
        // The caller has narrowed the range so that all four neighbours lie inside; the end points prove it for the whole line.
        ref var origin = ref MemoryMarshal.GetReference(previous);
        Guard(previous, width, u, v, first);
        Guard(previous, width, u, v, error.Length - 1);
        for (var x = first; x < error.Length; x++)
        {
            float at = u.Start + x * u.Slope, over = v.Start + x * v.Slope;
            int left = (int)at, top = (int)over;
            float fx = at - left, fy = over - top;
            ref var corner = ref Unsafe.Add(ref origin, top * width + left);
            var upper = corner + fx * (Unsafe.Add(ref corner, 1) - corner);
            ref var below = ref Unsafe.Add(ref corner, width);
            var lower = below + fx * (Unsafe.Add(ref below, 1) - below);
            error[x] = upper + fy * (lower - upper) - current[x] - bias;
        }
    }

    private static void Guard(ReadOnlySpan<float> previous, int width, (float Start, float Slope) u, (float Start, float Slope) v, int x)
    {
        float at = u.Start + x * u.Slope, over = v.Start + x * v.Slope;
        if (at >= 0 && over >= 0 && (int)at + 1 < width && ((int)over + 2) * width <= previous.Length) return;

        throw new InvalidOperationException($"a warped row leaves the picture at {at}, {over}");
    }
}
