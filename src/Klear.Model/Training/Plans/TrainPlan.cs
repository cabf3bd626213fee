using Klear.Model.Flow;
using Klear.Model.Model;
using Klear.Model.Setup;

namespace Klear.Model.Training.Plans;

/// <summary>Everything that decides a training run besides its data.</summary>
/// <param name="Name">1 to 64 characters on one line.</param>
/// <param name="Model">The model.</param>
/// <param name="Stages">The curriculum, at least one stage, in order.</param>
public sealed record TrainPlan(string Name, ModelChoice Model, IReadOnlyList<StagePlan> Stages)
{
    /// <summary>How clips become latents.</summary>
    public EncodePlan Encode { get; init; } = new();

    /// <summary>Where sound stands on the time axis.</summary>
    public RopeArrangement Rope { get; init; } = RopeArrangement.Sequential;

    /// <summary>Where every random number comes from, 0 or more.</summary>
    public long Seed { get; init; }

    /// <summary>What the model computes in.</summary>
    public ComputePrecision Precision { get; init; } = ComputePrecision.Fp32;

    /// <summary>Clips of an optimiser step, over all processes and parts; a multiple of <see cref="Accumulate"/>. Ours: the paper does not say.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Parts in which a step's gradient is added up, 1 or more.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Steps from one checkpoint to the next, 1 or more.</summary>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Newest checkpoints that are kept, 1 or more.</summary>
    public int KeepCheckpoints { get; init; } = 3;

    /// <summary>Decay of the averaged weights a step, 0 to below 1; 0 keeps no average.</summary>
    public double Ema { get; init; } = 0.999;

    /// <summary>Largest norm of a step's gradient, 0 or more; 0 clips nothing.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Whether activations are computed again in the backward pass rather than kept.</summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>Adam's settings.</summary>
    public OptimizerPlan Optimizer { get; init; } = new();

    /// <summary>The learning rate over each stage.</summary>
    public SchedulePlan Schedule { get; init; } = new();

    /// <summary>Times and losses.</summary>
    public FlowOptions Flow { get; init; } = new();

    /// <summary>How often captions are left out.</summary>
    public CaptionDropout CaptionDropout { get; init; } = new();

    /// <summary>When the run stops because it went wrong.</summary>
    public DivergenceRule Divergence { get; init; } = new();

    /// <summary>Steps of all stages.</summary>
    public long Steps => Stages.Sum(stage => (long)stage.Steps);
}
