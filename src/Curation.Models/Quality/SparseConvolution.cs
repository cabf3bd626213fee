using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Curation.Models.Quality;

/// <summary>
/// A 3 x 3 convolution with a border of zeros that multiplies only what is not zero, and adds it to many outputs at once.
/// Exact but for the order of the sum.
/// </summary>
internal sealed class SparseConvolution
{
    private const int Side = 3;
    private const int Lanes = 16;
    private const int CacheLine = 64;

    private readonly float[] _weights;
    private readonly int _origin;
    private readonly float[] _bias;

    /// <summary>Takes a layer as ONNX keeps it.</summary>
    /// <param name="weights">[outputs, inputs, 3, 3].</param>
    /// <param name="bias">One for each output; a multiple of 32 of them.</param>
    public SparseConvolution(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        (Outputs, Inputs, _bias) = (bias.Length, weights.Length / (bias.Length * Side * Side), bias.ToArray());
        if (Outputs % (2 * Lanes) != 0) throw new ArgumentException($"{Outputs} outputs are not a multiple of 32.", nameof(bias));

        // All outputs of one input and one place of the kernel lie side by side: they are added at once. They begin where a line
        // of the cache begins, and stay there: vectors across two lines take twice as long.
        _weights = GC.AllocateArray<float>(weights.Length + Lanes, pinned: true);
        _origin = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0) & (CacheLine - 1)) / sizeof(float);
        for (var output = 0; output < Outputs; output++)
        {
            for (var input = 0; input < Inputs; input++)
            {
                for (var place = 0; place < Side * Side; place++)
                {
                    _weights[_origin + (((place * Inputs) + input) * Outputs) + output] = weights[(((output * Inputs) + input) * Side * Side) + place];
                }
            }
        }
    }

    /// <summary>Channels that go in.</summary>
    public int Inputs { get; }

    /// <summary>Channels that come out.</summary>
    public int Outputs { get; }

    /// <summary>One row, before the ReLU.</summary>
    /// <param name="rows">The row above, this one and the row below; null beyond the edge.</param>
    /// <param name="result">Receives [pixels, outputs].</param>
    public void Row(ReadOnlySpan<SparseRow?> rows, Span<float> result)
    {
        var pixels = result.Length / Outputs;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var outputs = result.Slice(pixel * Outputs, Outputs);
            var block = 0;
            for (; Outputs - block >= 4 * Lanes; block += 4 * Lanes) Add64(rows, pixel, pixels, block, outputs);
            if (block < Outputs) Add32(rows, pixel, pixels, block, outputs);
        }
    }

    private void Add64(ReadOnlySpan<SparseRow?> rows, int pixel, int pixels, int block, Span<float> outputs)
    {
        ref var weights = ref _weights[_origin];
        var a = Vector512.Create(_bias.AsSpan(block));
        var b = Vector512.Create(_bias.AsSpan(block + Lanes));
        var c = Vector512.Create(_bias.AsSpan(block + (2 * Lanes)));
        var d = Vector512.Create(_bias.AsSpan(block + (3 * Lanes)));
        for (var y = 0; y < Side; y++)
        {
            if (rows[y] is not { } row) continue;

            // Sums of their own for each row, so that they need not wait for one another.
            var (p, q, r, s) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var (from, to, offset) = Reach(row, y, pixel, pixels, block);
            ref var values = ref MemoryMarshal.GetArrayDataReference(row.Values);
            ref var places = ref MemoryMarshal.GetArrayDataReference(row.Places);
            for (var i = from; i < to; i++)
            {
                var value = Vector512.Create(Unsafe.Add(ref values, i));
                ref var at = ref Unsafe.Add(ref weights, offset + Unsafe.Add(ref places, i));
                p = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref at), p);
                q = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref at, Lanes), q);
                r = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref at, 2 * Lanes), r);
                s = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref at, 3 * Lanes), s);
            }

            (a, b, c, d) = (a + p, b + q, c + r, d + s);
        }

        a.CopyTo(outputs[block..]);
        b.CopyTo(outputs[(block + Lanes)..]);
        c.CopyTo(outputs[(block + (2 * Lanes))..]);
        d.CopyTo(outputs[(block + (3 * Lanes))..]);
    }

    private void Add32(ReadOnlySpan<SparseRow?> rows, int pixel, int pixels, int block, Span<float> outputs)
    {
        ref var weights = ref _weights[_origin];
        var a = Vector512.Create(_bias.AsSpan(block));
        var b = Vector512.Create(_bias.AsSpan(block + Lanes));
        for (var y = 0; y < Side; y++)
        {
            if (rows[y] is not { } row) continue;

            var (p, q) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var (from, to, offset) = Reach(row, y, pixel, pixels, block);
            ref var values = ref MemoryMarshal.GetArrayDataReference(row.Values);
            ref var places = ref MemoryMarshal.GetArrayDataReference(row.Places);
            for (var i = from; i < to; i++)
            {
                var value = Vector512.Create(Unsafe.Add(ref values, i));
                ref var at = ref Unsafe.Add(ref weights, offset + Unsafe.Add(ref places, i));
                p = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref at), p);
                q = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref at, Lanes), q);
            }

            (a, b) = (a + p, b + q);
        }

        a.CopyTo(outputs[block..]);
        b.CopyTo(outputs[(block + Lanes)..]);
    }

    // The entries of three pixels lie one after the other, and so do the weights of a row of the kernel: one run does for both.
    private (int From, int To, int Offset) Reach(SparseRow row, int y, int pixel, int pixels, int block) =>
        (row.Starts[Math.Max(0, pixel - 1)], row.Starts[Math.Min(pixels, pixel + 2)], (((Side * y) - pixel + 1) * Inputs * Outputs) + block);
}
