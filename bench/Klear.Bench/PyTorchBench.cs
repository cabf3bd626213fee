namespace Klear.Bench;

/// <summary>Our side of the comparison with PyTorch eager; the other side is a program of its own, for two OpenMP runtimes in one process disturb each other.</summary>
internal static class PyTorchBench
{
    private const int Rounds = 5;

    public static int Run(BenchShape shape)
    {
        Measure.Print($"{shape}");
        Measure.Print($"""
            The same step in PyTorch, with the same threads, before or after this one:

                OMP_NUM_THREADS={TorchSharp.torch.get_num_threads()} OMP_WAIT_POLICY=PASSIVE python3 bench/pytorch/step.py --layers {shape.Layers} --hidden {shape.Hidden} --frames {shape.Frames} --batch {shape.Batch}

            Debian's python3-torch (1.13.1) multiplies with whatever libblas.so.3 is: install libopenblas0, for the reference library that comes along
            otherwise is many times slower. libtorch here multiplies with MKL, so that against Debian's the figure compares builds, not languages.
            """);
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var step = new TrainingStep(shape);

        var took = Measure.Alternate(Rounds, step.Parts);

        var whole = Measure.Median(Enumerable.Range(0, Rounds).Select(round => took.Sum(part => part[round].Seconds)));
        Measure.Print($"ours: {whole * 1000:0} ms a step, {shape.Batch * shape.Tokens.Sum() / whole:0} tokens/s");
        return 0;
    }
}
