using System.Runtime.Intrinsics;

namespace Curation.Filters.Audio;

/// <summary>The K-weighting of ITU-R BS.1770-4 at 48 kHz (tables 1 and 2), as a stream. Both channels ride in one vector of doubles.</summary>
/// <remarks>
/// The standard runs the shelf first; both stages are linear, so the order does not matter, and with the high-pass first
/// its output serves everything else that must not see an offset.
/// </remarks>
internal sealed class KWeighting
{
    private const double ShelfB0 = 1.53512485958697;
    private const double ShelfB1 = -2.69169618940638;
    private const double ShelfB2 = 1.19839281085285;
    private const double ShelfA1 = -1.69065929318241;
    private const double ShelfA2 = 0.73248077421585;
    private const double HighPassA1 = -1.99004745483398;
    private const double HighPassA2 = 0.99007225036621;

    /// <summary>-600 dB: what is smaller is dropped before it becomes denormal, where arithmetic is slow.</summary>
    private const double Vanished = 1e-30;

    private Vector128<double> _highPass1;
    private Vector128<double> _highPass2;
    private Vector128<double> _shelf1;
    private Vector128<double> _shelf2;

    /// <summary>Stage 2, the 38 Hz high-pass.</summary>
    public void HighPass(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> toLeft, Span<float> toRight)
    {
        right = right[..left.Length];
        toLeft = toLeft[..left.Length];
        toRight = toRight[..left.Length];
        var (s1, s2) = (_highPass1, _highPass2);
        for (var i = 0; i < left.Length; i++)
        {
            var x = Vector128.Create((double)left[i], right[i]);
            var y = x + s1;
            s1 = s2 - (x * 2) - (y * HighPassA1);
            s2 = x - (y * HighPassA2);
            toLeft[i] = (float)y[0];
            toRight[i] = (float)y[1];
        }

        (_highPass1, _highPass2) = (Flush(s1), Flush(s2));
    }

    /// <summary>Stage 1, the head's shelf, over the output of the high-pass.</summary>
    /// <returns>Sum of squares over both channels.</returns>
    public double ShelfEnergy(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        right = right[..left.Length];
        var (s1, s2) = (_shelf1, _shelf2);
        var energy = Vector128<double>.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            var x = Vector128.Create((double)left[i], right[i]);
            var y = (x * ShelfB0) + s1;
            s1 = s2 + (x * ShelfB1) - (y * ShelfA1);
            s2 = (x * ShelfB2) - (y * ShelfA2);
            energy += y * y;
        }

        (_shelf1, _shelf2) = (Flush(s1), Flush(s2));
        return Vector128.Sum(energy);
    }

    private static Vector128<double> Flush(Vector128<double> state) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(state), Vector128.Create(Vanished)), Vector128<double>.Zero, state);
}
