using System.Numerics.Tensors;
using Curation.Clips.Streaming;

namespace Curation.Models.Scenes;

/// <summary>Makes TransNetV2's small pictures out of those of the analysis pass, so that the source is not decoded for them again.</summary>
/// <remarks>
/// Upstream has ffmpeg scale the source to 48 x 27 with its bicubic kernel. Here the same kernel shrinks a picture that is already small: the
/// two differ by a few levels along sharp edges.
/// </remarks>
public sealed class ShotScaler
{
    // BT.709, luma 16..235 and colour 16..240, to RGB 0..255: with Kr = 0.2126, Kb = 0.0722, Kg = 1 - Kr - Kb.
    private const float Luma = 255f / 219;
    private const float Chroma = 255f / 224;
    private const float RedOfCr = 2 * (1 - 0.2126f) * Chroma;
    private const float BlueOfCb = 2 * (1 - 0.0722f) * Chroma;
    private const float GreenOfCr = RedOfCr * 0.2126f / 0.7152f;
    private const float GreenOfCb = BlueOfCb * 0.0722f / 0.7152f;

    private const int Pixels = TransNetScenes.Width * TransNetScenes.Height;

    private readonly float[] _y = new float[Pixels], _cb = new float[Pixels], _cr = new float[Pixels];
    private readonly Shrinker _luma, _colour;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="width">Width of the pictures, in pixels; even.</param>
    /// <param name="height">Height of the pictures, in pixels; even.</param>
    public ShotScaler(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        _luma = new Shrinker(width, height);
        _colour = new Shrinker(width / 2, height / 2);
    }

    /// <summary>Scales a picture.</summary>
    /// <param name="picture">The picture, of the size this was prepared for.</param>
    /// <param name="small">Receives it.</param>
    public void Scale(in PictureView picture, out ShotPicture small)
    {
        _luma.Read(picture.Luma, _y);
        _colour.Read(picture.Cb, _cb);
        _colour.Read(picture.Cr, _cr);
        small = default;
        Span<byte> rgb = small;
        for (var i = 0; i < Pixels; i++)
        {
            var (luma, cb, cr) = (Luma * (_y[i] - 16), _cb[i] - 128, _cr[i] - 128);
            rgb[3 * i] = Level(luma + (RedOfCr * cr));
            rgb[(3 * i) + 1] = Level(luma - (GreenOfCb * cb) - (GreenOfCr * cr));
            rgb[(3 * i) + 2] = Level(luma + (BlueOfCb * cb));
        }
    }

    private static byte Level(float value) => (byte)MathF.Round(Math.Clamp(value, 0, 255));

    // Shrinks a plane with the kernel stretched over what each small pixel covers; beyond the edges the last pixel goes on.
    private sealed class Shrinker(int width, int height)
    {
        private readonly (int First, float[] Shares)[] _columns = Taps(width, TransNetScenes.Width);
        private readonly (int First, float[] Shares)[] _rows = Taps(height, TransNetScenes.Height);
        private readonly float[] _plane = new float[width * height], _sum = new float[width];

        public void Read(ReadOnlySpan<byte> plane, Span<float> small)
        {
            TensorPrimitives.ConvertChecked(plane, _plane.AsSpan());
            for (var y = 0; y < _rows.Length; y++)
            {
                Array.Clear(_sum);
                var (top, rowShares) = _rows[y];
                for (var i = 0; i < rowShares.Length; i++)
                {
                    TensorPrimitives.MultiplyAdd(_plane.AsSpan((top + i) * width, width), rowShares[i], _sum, _sum);
                }

                for (var x = 0; x < _columns.Length; x++)
                {
                    var (left, shares) = _columns[x];
                    small[(y * _columns.Length) + x] = TensorPrimitives.Dot(_sum.AsSpan(left, shares.Length), shares);
                }
            }
        }

        private static (int First, float[] Shares)[] Taps(int size, int count)
        {
            var taps = new (int, float[])[count];
            var stretch = Math.Max(1, (double)size / count);
            for (var i = 0; i < count; i++)
            {
                var centre = ((i + 0.5) * size / count) - 0.5;
                var (from, to) = ((int)Math.Ceiling(centre - (2 * stretch)), (int)Math.Floor(centre + (2 * stretch)));
                var (first, last) = (Math.Clamp(from, 0, size - 1), Math.Clamp(to, 0, size - 1));
                var shares = new double[last - first + 1];
                for (var pixel = from; pixel <= to; pixel++) shares[Math.Clamp(pixel, 0, size - 1) - first] += Kernel(Math.Abs(pixel - centre) / stretch);

                var sum = shares.Sum();
                taps[i] = (first, Array.ConvertAll(shares, share => (float)(share / sum)));
            }

            return taps;
        }

        // Keys' cubic with a = -0.6, ffmpeg's "bicubic".
        private static double Kernel(double x) => x switch
        {
            < 1 => (((1.4 * x) - 2.4) * x * x) + 1,
            < 2 => -0.6 * ((((x - 5) * x) + 8) * x - 4),
            _ => 0,
        };
    }
}
