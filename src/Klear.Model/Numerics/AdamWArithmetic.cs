using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// n elements

/// <summary>The arithmetic of AdamW over flat tensors of single precision, once by torch's operations and once in a single pass over the memory.</summary>
internal static class AdamWArithmetic
{
    // Enough work for a thread to be worth asking, and little enough that a part's four buffers stay in its cache: 1 MiB each.
    private const long PartElements = 1 << 18;

    /// <summary>Steps on any device, with room for one temporary of the tensors' length.</summary>
    public static void StepByTorch(Tensor weight_n, Tensor gradient_n, Tensor first_n, Tensor second_n, AdamWFactors factors)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var firstWeight = tensor((float)factors.FirstWeight, device: weight_n.device);
        first_n.lerp_(gradient_n, firstWeight);
        second_n.mul_(factors.SecondKeep).addcmul_(gradient_n, gradient_n, factors.SecondWeight);
        weight_n.mul_(factors.Keep).addcdiv_(first_n, second_n.sqrt().add_(factors.Epsilon), -factors.Rate);
    }

    /// <summary>Steps tensors that lie dense in the processor's memory: every element is read and written once, by as many threads as torch has.</summary>
    public static void StepInOnePass(Tensor weight_n, Tensor gradient_n, Tensor first_n, Tensor second_n, AdamWFactors factors)
    {
        var length = weight_n.numel();
        var parts = (length + PartElements - 1) / PartElements;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, part =>
        {
            using var scope = NewDisposeScope();
            var start = part * PartElements;
            var count = Math.Min(PartElements, length - start);
            Step(Elements(weight_n, start, count), Elements(gradient_n, start, count), Elements(first_n, start, count), Elements(second_n, start, count), factors);
        });
    }

    private static Span<float> Elements(Tensor tensor_n, long start, long count) => MemoryMarshal.Cast<byte, float>(tensor_n.narrow(0, start, count).bytes);

    private static void Step(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firsts, Span<float> seconds, AdamWFactors factors)
    {
        var (keep, firstWeight, secondKeep) = ((float)factors.Keep, (float)factors.FirstWeight, (float)factors.SecondKeep);
        var (secondWeight, epsilon, rate) = ((float)factors.SecondWeight, (float)factors.Epsilon, (float)factors.Rate);
        var vectors = weights.Length - (weights.Length % Vector<float>.Count);
        for (var i = 0; i < vectors; i += Vector<float>.Count)
        {
            var gradient = new Vector<float>(gradients[i..]);
            var first = new Vector<float>(firsts[i..]);
            first += firstWeight * (gradient - first);
            var second = (secondKeep * new Vector<float>(seconds[i..])) + (secondWeight * (gradient * gradient));
            var weight = (keep * new Vector<float>(weights[i..])) - (rate * (first / (Vector.SquareRoot(second) + new Vector<float>(epsilon))));
            first.CopyTo(firsts[i..]);
            second.CopyTo(seconds[i..]);
            weight.CopyTo(weights[i..]);
        }

        // The same operations in the same order, so that a weight's value does not depend on where a shard starts.
        for (var i = vectors; i < weights.Length; i++)
        {
            firsts[i] += firstWeight * (gradients[i] - firsts[i]);
            seconds[i] = (secondKeep * seconds[i]) + (secondWeight * (gradients[i] * gradients[i]));
            weights[i] = (keep * weights[i]) - (rate * (firsts[i] / (MathF.Sqrt(seconds[i]) + epsilon)));
        }
    }
}
