using Klear.Bench;

return args switch
{
    ["step", .. var rest] when BenchShape.TryParse(rest) is { } shape => StepBench.Run(shape),
    ["parts", .. var rest] when BenchShape.TryParse(rest) is { } shape => PartsBench.Run(shape),
    ["optimizer", .. var rest] when BenchShape.TryParse(rest) is { } shape => OptimizerBench.Run(shape),
    ["pytorch", .. var rest] when BenchShape.TryParse(rest) is { } shape => PyTorchBench.Run(shape),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"""
        bench step       [SHAPE]  a training step's FLOP/s against one large matrix product's, alternating
        bench parts      [SHAPE]  what the parts of a block cost, forward and backward
        bench optimizer  [SHAPE]  FlatAdamW against TorchSharp's AdamW, alternating
        bench pytorch    [SHAPE]  tokens a second, and the command that measures the same step in PyTorch

        SHAPE: {BenchShape.Usage}
        """);
    return 2;
}
