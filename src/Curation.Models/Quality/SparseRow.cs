using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Curation.Models.Quality;

/// <summary>One row of a picture of channels of which most are zero, as a ReLU leaves them: only the others are kept.</summary>
/// <param name="pixels">Pixels of the row.</param>
/// <param name="channels">Channels of a pixel; one, or a multiple of 16.</param>
/// <param name="outputs">Channels that the convolution makes of this row.</param>
internal sealed class SparseRow(int pixels, int channels, int outputs)
{
    private const int Lanes = 16;

    /// <summary>Where the entries of each pixel begin; one more at the end.</summary>
    public int[] Starts { get; } = new int[pixels + 1];

    /// <summary>Of each entry, where its weights begin: (pixel x channels + channel) x outputs.</summary>
    public int[] Places { get; } = new int[(pixels * channels) + Lanes];

    /// <summary>Value of each entry.</summary>
    public float[] Values { get; } = new float[(pixels * channels) + Lanes];

    /// <summary>Takes a row over, whatever its values.</summary>
    /// <param name="dense">Every value, [pixels, channels].</param>
    public void FillAll(ReadOnlySpan<float> dense)
    {
        dense.CopyTo(Values);
        for (var i = 0; i < dense.Length; i++) Places[i] = i * outputs;
        for (var pixel = 0; pixel <= pixels; pixel++) Starts[pixel] = pixel * channels;
    }

    /// <summary>Takes what a ReLU leaves of a row: the positive values, and those that are not a number.</summary>
    /// <param name="dense">Every value, [pixels, channels].</param>
    public void FillPositive(ReadOnlySpan<float> dense)
    {
        var count = 0;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            Starts[pixel] = count;
            for (var at = pixel * channels; at < (pixel + 1) * channels; at += Lanes) count = Append(Vector512.Create(dense[at..]), at * outputs, count);
        }

        Starts[pixels] = count;
    }

    private int Append(Vector512<float> values, int place, int count)
    {
        var kept = ~Vector512.LessThanOrEqual(values, Vector512<float>.Zero);
        if (Avx512F.IsSupported)
        {
            var places = Vector512.CreateSequence(place, outputs);
            Avx512F.Compress(Vector512<float>.Zero, kept, values).StoreUnsafe(ref Values[count]);
            Avx512F.Compress(Vector512<int>.Zero, kept.AsInt32(), places).StoreUnsafe(ref Places[count]);
            return count + BitOperations.PopCount(kept.ExtractMostSignificantBits());
        }

        for (var bits = kept.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
        {
            var lane = BitOperations.TrailingZeroCount(bits);
            Places[count] = place + (lane * outputs);
            Values[count++] = values.GetElement(lane);
        }

        return count;
    }
}
