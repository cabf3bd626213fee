namespace Klear.Model.Sampling;

/// <summary>How the path from noise to data is walked.</summary>
public enum SampleSolver
{
    /// <summary>Straight steps: one pass a step, error in proportion to the step.</summary>
    Euler,

    /// <summary>The mean of the velocity at both ends of a step: two passes a step, error in proportion to its square.</summary>
    Heun,

    /// <summary>UniPC of order 2 (Zhao et al. 2023, arXiv 2302.04867): predictor and corrector, one pass a step.</summary>
    UniPc,
}
