using Klear.Model.Model;
using Klear.Model.Tests.Training.State;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;
using TorchSharp;

namespace Klear.Model.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly TinyRun _run = new();

    public void Dispose() => _run.Dispose();

    // The first stage has 5 steps: these stop inside it, at its end, and in the second one, which rebalances.
    [Theory]
    [InlineData(2, ComputePrecision.Fp32)]
    [InlineData(5, ComputePrecision.Fp32)]
    [InlineData(7, ComputePrecision.Fp32)]
    [InlineData(7, ComputePrecision.Bf16)]
    public void Run_that_is_resumed_ends_bit_for_bit_as_one_that_never_stopped(int stopAfter, ComputePrecision precision)
    {
        List<double> whole = [], parts = [];
        var plan = TinyRun.Plan with { Precision = precision };
        var straight = _run.Train("straight", plan, onStep: told => whole.Add(told.Loss))!;
        _run.Train("stopped", plan, stopAfter, told => parts.Add(told.Loss));
        var resumed = _run.Train("stopped", plan, onStep: told => parts.Add(told.Loss))!;

        Assert.Equal(whole, parts);
        Assert.Equal(9, resumed.Step);
        foreach (var file in new[] { "model.safetensors", "ema.safetensors", "optimizer.safetensors", "state.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(straight.Path, file)), File.ReadAllBytes(Path.Combine(resumed.Path, file)));
        }
    }

    [Theory]
    [InlineData(4, ComputePrecision.Fp32)]
    [InlineData(7, ComputePrecision.Bf16)]
    public void Run_with_a_path_of_speech_is_resumed_bit_for_bit_and_learns_it(int stopAfter, ComputePrecision precision)
    {
        using var run = new TinyRun(speech: true);
        var plan = TinyRun.Plan with { Precision = precision };
        var straight = run.Train("straight", plan)!;
        run.Train("stopped", plan, stopAfter);
        var resumed = run.Train("stopped", plan)!;

        foreach (var file in new[] { "model.safetensors", "ema.safetensors", "optimizer.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(straight.Path, file)), File.ReadAllBytes(Path.Combine(resumed.Path, file)));
        }

        // Adam's first moments: padding and bytes that nobody says have never had a gradient.
        using var optimizer = resumed.OpenOptimizer()!;
        var moments = optimizer.Read(optimizer.Tensors.Keys.Single(name => name.StartsWith("exp_avg.", StringComparison.Ordinal) && name.EndsWith("speech_in.bytes.weight", StringComparison.Ordinal))).ToFloats();
        var rows = moments.Chunk(run.Shape.SpeechWidth).Select((row, index) => (Index: index, Learned: row.Any(value => value != 0))).Where(row => row.Learned).Select(row => row.Index);
        Assert.Equal([1 + 's', 1 + 0xA4, 1 + 0xC3], rows);
    }

    [Fact]
    public void Checkpoints_come_as_often_as_the_plan_says_and_at_the_end()
    {
        _run.Train("run");

        Assert.Equal(["step-00000003", "step-00000006", "step-00000009"], Directory.GetDirectories(Path.Combine(_run.Folder("run"), "checkpoints")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_that_is_done_has_nothing_left_to_do()
    {
        _run.Train("run");
        var steps = 0;

        _run.Train("run", onStep: _ => steps++);

        Assert.Equal(0, steps);
    }

    [Fact]
    public void Loss_falls_on_clips_that_are_seen_again_and_again()
    {
        List<double> losses = [];
        var plan = TinyRun.Plan with { Stages = [new StagePlan("one", 150, new Dictionary<KlearTask, double> { [KlearTask.T2AV] = 1 })], CheckpointEvery = 1000, CaptionDropout = new CaptionDropout { Video = 0, Audio = 0 } };

        _run.Train("run", plan, onStep: told => losses.Add(told.Loss));

        Assert.True(losses.TakeLast(20).Average() < 0.7 * losses.Take(20).Average(), $"{losses.Take(20).Average()} to {losses.TakeLast(20).Average()}");
    }

    [Fact]
    public void Accumulated_parts_give_the_gradient_of_their_mean()
    {
        List<double> losses = [];
        _run.Train("run", TinyRun.Plan with { Accumulate = 4, Batch = 4 }, stopAfter: 1, onStep: told => losses.Add(told.Loss));

        Assert.InRange(losses[0], 0.1, 100);
    }

    [Fact]
    public void Activations_computed_again_change_losses_by_rounding_alone()
    {
        List<double> kept = [], again = [];
        _run.Train("kept", onStep: told => kept.Add(told.Loss));
        _run.Train("again", TinyRun.Plan with { ActivationCheckpointing = true }, onStep: told => again.Add(told.Loss));

        // The gradients of what all blocks share are added up in another order.
        foreach (var (a, b) in kept.Zip(again)) Assert.Equal(a, b, 1e-5 * a);
    }

    [Fact]
    public void Bfloat16_learns_about_what_single_precision_learns()
    {
        List<double> single = [], half = [];
        _run.Train("single", onStep: told => single.Add(told.Loss));
        _run.Train("half", TinyRun.Plan with { Precision = ComputePrecision.Bf16 }, onStep: told => half.Add(told.Loss));

        // bfloat16 has 8 bits of mantissa; over nine steps of a tiny model the losses stay within a few parts in a hundred.
        foreach (var (a, b) in single.Zip(half)) Assert.InRange(b / a, 0.95, 1.05);
    }

    [Fact]
    public void Loss_that_is_no_number_stops_the_run_and_keeps_the_last_good_checkpoint()
    {
        var plan = TinyRun.Plan with { Optimizer = new OptimizerPlan { LearningRate = 1 }, Flow = new() { VideoWeight = 1e30, AudioWeight = 1e30 }, ClipNorm = 0, CheckpointEvery = 1 };

        var error = Assert.Throws<TrainingDivergedException>(() => _run.Train("run", plan));

        Assert.Contains("step", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Step - 1, _run.Store("run").FindNewest().Newest?.Step ?? 0);
    }

    [Fact]
    public void Disk_that_fills_up_ends_the_run_at_a_good_checkpoint_from_which_it_goes_on_to_the_same_end()
    {
        using var disk = SmallDisk.Require(32 << 20);
        var straight = _run.Train("straight")!;

        // An absolute folder is taken as it is. Checkpoints come after steps 3, 6 and 9, the disk is full before the second.
        var error = Assert.Throws<IOException>(() => _run.Train(disk.Path, onStep: told =>
        {
            if (told.Step == 4) disk.FillBut(4 << 20);
        }));

        Assert.Contains("step 6 needs 16 MiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("step-00000003", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _run.Store(disk.Path).FindNewest().Newest!.Step);

        disk.Free();
        var resumed = _run.Train(disk.Path)!;
        foreach (var file in new[] { "model.safetensors", "ema.safetensors", "optimizer.safetensors", "state.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(straight.Path, file)), File.ReadAllBytes(Path.Combine(resumed.Path, file)));
        }
    }

    [Fact]
    public void Checkpoint_of_another_plan_is_refused()
    {
        _run.Train("run", stopAfter: 3);

        var error = Assert.Throws<ArgumentException>(() => _run.Train("run", TinyRun.Plan with { Seed = 4 }));

        Assert.Contains("another plan", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_leave_no_tensors_behind()
    {
        // The counts after each step of 200, of this thread alone; the first ones are left out, while buffers are made.
        List<long> live = [];
        var plan = TinyRun.Plan with { Stages = [TinyRun.Plan.Stages[0] with { Steps = 200 }], CheckpointEvery = 1000 };

        _run.Train("run", plan, onStep: _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        Assert.Single(live.Skip(5).Distinct());
    }
}
