namespace Klear.Model.Training.Plans;

/// <summary>What the model computes in. Master weights and the optimiser's state are single precision either way.</summary>
public enum ComputePrecision
{
    /// <summary>Single precision.</summary>
    Fp32,

    /// <summary>bfloat16.</summary>
    Bf16,
}
