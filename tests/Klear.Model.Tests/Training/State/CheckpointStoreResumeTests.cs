using Klear.Model.Numerics;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

// b batch, d width

public sealed class CheckpointStoreResumeTests
{
    private const int Half = 5;

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Resumed_run_equals_an_uninterrupted_one_bit_for_bit(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        using var whole = new Run(type, seed: 1);
        whole.Train(Half);
        store.Save(whole.Steps, whole.Tensors(), whole.State());
        whole.Train(Half);

        using var resumed = new Run(type, seed: 2);
        resumed.Resume(store.FindNewest().Newest!);
        resumed.Train(Half);

        Assert.Equal(2 * Half, resumed.Steps);
        Assert.Equal(Bytes(whole.Parameters.Master), Bytes(resumed.Parameters.Master));
        Assert.Equal(Bytes(whole.Average.Average), Bytes(resumed.Average.Average));
        Assert.Equal(Bytes(whole.Optimizer.SecondMoment), Bytes(resumed.Optimizer.SecondMoment));
        Assert.Equal(Bytes(whole.Module.parameters().First()), Bytes(resumed.Module.parameters().First()));
    }

    private static byte[] Bytes(Tensor tensor) => tensor.detach().bytes.ToArray();

    private sealed record RunState(long Steps, long Updates, RandomState Random);

    private sealed class Run : IDisposable
    {
        private readonly Generator _generator;
        private readonly LearningRateSchedule _schedule = new() { Peak = 0.01, WarmUpSteps = 3, TotalSteps = 10, Shape = DecayShape.Cosine };

        public Run(ScalarType type, int seed)
        {
            _generator = new Generator((ulong)seed, CPU);
            Module = nn.Sequential(nn.Linear(6, 16), nn.GELU(), nn.Linear(16, 6));
            Parameters = new FlatParameters(Module, type);
            Optimizer = new FlatAdamW(Parameters, new AdamWOptions());
            Average = new ExponentialAverage(Parameters, 0.9);
        }

        public nn.Module<Tensor, Tensor> Module { get; }

        public FlatParameters Parameters { get; }

        public FlatAdamW Optimizer { get; }

        public ExponentialAverage Average { get; }

        public long Steps => Optimizer.Steps;

        public void Train(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                Parameters.ZeroGradients();
                for (var part = 0; part < 2; part++)
                {
                    var x_bd = randn(4, 6, generator: _generator).to(Parameters.ComputeType);
                    Recompute.Run(inputs => [Module.call(inputs[0])], x_bd)[0].sub(x_bd).square().mean().backward();
                    Parameters.CollectGradients();
                }

                Assert.NotNull(GradientNorm.Clip(Parameters.Gradient, 1));
                Optimizer.Step(_schedule.At(Steps));
                Average.Update();
            }
        }

        public CheckpointTensors Tensors() => new(Parameters.StateOf(Module), Parameters.Views(Average.Average), Optimizer.Moments());

        public RunState State() => new(Steps, Average.Updates, RandomState.Capture(_generator));

        public void Resume(StoredCheckpoint checkpoint)
        {
            using var scope = NewDisposeScope();
            using var model = checkpoint.OpenModel();
            using var average = checkpoint.OpenAverage();
            using var optimizer = checkpoint.OpenOptimizer();
            TensorLoad.FillExactly(model, Parameters.StateOf(Module));
            TensorLoad.FillExactly(average!, Parameters.Views(Average.Average));
            TensorLoad.FillExactly(optimizer!, Optimizer.Moments());
            Parameters.CopyToModule();
            var state = checkpoint.ReadState<RunState>();
            Optimizer.ResumeAfter(state.Steps);
            Average.ResumeAfter(state.Updates);
            state.Random.Restore(_generator);
        }

        public void Dispose()
        {
            Average.Dispose();
            Optimizer.Dispose();
            Parameters.Dispose();
            Module.Dispose();
            _generator.Dispose();
        }
    }
}
