namespace Klear.Model.Numerics;

/// <summary>Settings of AdamW (Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019). The learning rate comes with each step.</summary>
public sealed record AdamWOptions
{
    /// <summary>How much of the mean gradient a step keeps, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean squared gradient a step keeps, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean squared gradient; above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The share of a weight that a step takes away, per unit of learning rate; 0 for none.</summary>
    public double WeightDecay { get; init; } = 0.01;

    internal void Check()
    {
        if (Beta1 is not (>= 0 and < 1)) throw new ArgumentException($"{nameof(Beta1)} is {Beta1}, not in [0, 1).");
        if (Beta2 is not (>= 0 and < 1)) throw new ArgumentException($"{nameof(Beta2)} is {Beta2}, not in [0, 1).");
        if (!(Epsilon > 0 && double.IsFinite(Epsilon))) throw new ArgumentException($"{nameof(Epsilon)} is {Epsilon}, not above 0.");
        if (!(WeightDecay >= 0 && double.IsFinite(WeightDecay))) throw new ArgumentException($"{nameof(WeightDecay)} is {WeightDecay}, not 0 or above.");
    }
}
