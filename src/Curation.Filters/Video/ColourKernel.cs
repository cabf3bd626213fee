using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Curation.Filters.Video;

/// <summary>One pass over the colours at chroma size: HSV difference to the picture before, mean saturation, colourfulness.</summary>
/// <remarks>
/// The difference follows PySceneDetect's ContentDetector (mean of the mean absolute differences of hue, saturation and value, hue on a scale of 180),
/// with two departures: hue differences go round the circle, and hue and saturation count only as far as the pixel has chroma and light to show them.
/// Otherwise noise in grey and dark areas is most of the difference.
/// </remarks>
internal sealed class ColourKernel
{
    private const float Full = 255f;
    private const float HueUnitsPerSextant = 30f;
    private const int Lanes = 8;

    private readonly int _count;
    private readonly float[] _hue;
    private readonly float[] _saturation;
    private readonly float[] _value;
    private bool _primed;

    /// <summary>Makes a pass for pictures with a number of chroma samples.</summary>
    /// <param name="count">Chroma samples in a plane.</param>
    public ColourKernel(int count)
    {
        _count = count;
        var padded = (count + Lanes - 1) / Lanes * Lanes;
        _hue = new float[padded];
        _saturation = new float[padded];
        _value = new float[padded];
    }

    /// <summary>Reads one picture and keeps its colours for the next.</summary>
    /// <param name="luma">Luma averaged to chroma size, limited range.</param>
    /// <param name="cb">Cb samples.</param>
    /// <param name="cr">Cr samples.</param>
    /// <returns>Content difference 0..255 (0 on the first picture), saturation 0..1, and colourfulness.</returns>
    public (float Content, float Saturation, float Colourfulness) Read(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr)
    {
        var totals = default(Totals);
        var sums = default(Sums);
        var whole = _count / Lanes * Lanes;
        ref var lumaStart = ref MemoryMarshal.GetReference(luma);
        ref var cbStart = ref MemoryMarshal.GetReference(cb);
        ref var crStart = ref MemoryMarshal.GetReference(cr);
        for (var i = 0; i < whole; i += Lanes)
        {
            Step(i, Load(ref Unsafe.Add(ref lumaStart, i)), Load(ref Unsafe.Add(ref cbStart, i)), Load(ref Unsafe.Add(ref crStart, i)), Vector256<float>.One, ref sums);

            // Short sums go into doubles: a variance is a small difference of large numbers.
            if (i % (64 * Lanes) == 0) totals.Take(ref sums);
        }

        if (whole < _count) Tail(whole, luma, cb, cr, ref sums);
        totals.Take(ref sums);

        var content = _primed ? totals.Difference / _count / 3 : 0;
        _primed = true;
        double rg = totals.Rg / _count, yb = totals.Yb / _count;
        var deviation = Math.Sqrt(Math.Max(0, totals.RgSquares / _count - rg * rg + totals.YbSquares / _count - yb * yb));
        return ((float)content, (float)(totals.Saturation / _count), (float)(deviation + 0.3 * Math.Sqrt(rg * rg + yb * yb)));
    }

    private void Tail(int start, ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, ref Sums sums)
    {
        Span<byte> rest = stackalloc byte[3 * Lanes];
        rest.Clear();
        luma[start.._count].CopyTo(rest);
        cb[start.._count].CopyTo(rest[Lanes..]);
        cr[start.._count].CopyTo(rest[(2 * Lanes)..]);
        var lanes = Vector256.LessThan(Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f), Vector256.Create((float)(_count - start)));
        Step(start, Load(ref rest[0]), Load(ref rest[Lanes]), Load(ref rest[2 * Lanes]), Vector256.ConditionalSelect(lanes, Vector256<float>.One, Vector256<float>.Zero), ref sums);
    }

    private void Step(int i, Vector256<float> luma, Vector256<float> cb, Vector256<float> cr, Vector256<float> weight, ref Sums sums)
    {
        // ITU-R BT.709, limited range to 0..255.
        var y = (luma - Vector256.Create(16f)) * (Full / 219f);
        var u = (cb - Vector256.Create(128f)) * (Full / 224f);
        var v = (cr - Vector256.Create(128f)) * (Full / 224f);
        var red = Clamp(y + v * 1.5748f);
        var green = Clamp(y - u * 0.187324f - v * 0.468124f);
        var blue = Clamp(y + u * 1.8556f);

        var top = Vector256.Max(red, Vector256.Max(green, blue));
        var chroma = top - Vector256.Min(red, Vector256.Min(green, blue));
        var safeChroma = Vector256.Max(chroma, Vector256.Create(1e-3f));
        var saturation = chroma / Vector256.Max(top, Vector256.Create(1e-3f));
        var six = Vector256.Create(6f);
        var hueRed = (green - blue) / safeChroma;
        hueRed = Vector256.ConditionalSelect(Vector256.LessThan(hueRed, Vector256<float>.Zero), hueRed + six, hueRed);
        var hueGreen = (blue - red) / safeChroma + Vector256.Create(2f);
        var hueBlue = (red - green) / safeChroma + Vector256.Create(4f);
        var hue = Vector256.ConditionalSelect(Vector256.Equals(top, red), hueRed, Vector256.ConditionalSelect(Vector256.Equals(top, green), hueGreen, hueBlue));

        var oldHue = Vector256.LoadUnsafe(ref _hue[i]);
        var oldSaturation = Vector256.LoadUnsafe(ref _saturation[i]);
        var oldValue = Vector256.LoadUnsafe(ref _value[i]);
        var turn = Vector256.Abs(hue - oldHue);
        turn = Vector256.Min(turn, six - turn) * HueUnitsPerSextant;
        var difference = turn * Vector256.Min(chroma, oldSaturation * oldValue) * (1 / Full)
            + Vector256.Abs(saturation - oldSaturation) * Vector256.Max(top, oldValue)
            + Vector256.Abs(top - oldValue);

        hue.StoreUnsafe(ref _hue[i]);
        saturation.StoreUnsafe(ref _saturation[i]);
        top.StoreUnsafe(ref _value[i]);

        var rg = red - green;
        var yb = (red + green) * 0.5f - blue;
        sums.Difference += difference * weight;
        sums.Saturation += saturation * weight;
        sums.Rg += rg * weight;
        sums.RgSquares += rg * rg * weight;
        sums.Yb += yb * weight;
        sums.YbSquares += yb * yb * weight;
    }

    private static Vector256<float> Clamp(Vector256<float> colour) =>
        Vector256.Min(Vector256.Max(colour, Vector256<float>.Zero), Vector256.Create(Full));

    private static Vector256<float> Load(ref byte start)
    {
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref start)).AsByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32());
    }

    private struct Sums
    {
        public Vector256<float> Difference;
        public Vector256<float> Saturation;
        public Vector256<float> Rg;
        public Vector256<float> RgSquares;
        public Vector256<float> Yb;
        public Vector256<float> YbSquares;
    }
    private struct Totals
    {
        public double Difference;
        public double Saturation;
        public double Rg;
        public double RgSquares;
        public double Yb;
        public double YbSquares;

        public void Take(ref Sums sums)
        {
            Difference += Vector256.Sum(sums.Difference);
            Saturation += Vector256.Sum(sums.Saturation);
            Rg += Vector256.Sum(sums.Rg);
            RgSquares += Vector256.Sum(sums.RgSquares);
            Yb += Vector256.Sum(sums.Yb);
            YbSquares += Vector256.Sum(sums.YbSquares);
            sums = default;
        }
    }
}
