namespace Klear.Model.Numerics;

/// <summary>The numbers of one step of AdamW that are the same for every weight.</summary>
/// <param name="Keep">What a weight keeps of itself: 1 less learning rate times decay.</param>
/// <param name="FirstWeight">The gradient's share of its mean, 1 - beta1.</param>
/// <param name="SecondKeep">What the mean square keeps, beta2.</param>
/// <param name="SecondWeight">The squared gradient's share, 1 - beta2.</param>
/// <param name="Epsilon">Added to the root of the mean square as it stands, uncorrected.</param>
/// <param name="Rate">What the quotient of mean and root is multiplied by, corrected for the first steps.</param>
internal readonly record struct AdamWFactors(double Keep, double FirstWeight, double SecondKeep, double SecondWeight, double Epsilon, double Rate)
{
    /// <summary>The factors of a step.</summary>
    /// <param name="options">Betas, epsilon and decay.</param>
    /// <param name="learningRate">0 or above.</param>
    /// <param name="step">From 1.</param>
    public static AdamWFactors Of(AdamWOptions options, double learningRate, long step)
    {
        // m / c1 / (sqrt(v) / c2 + e) = (c2 / c1) m / (sqrt(v) + e c2).
        var correction1 = 1 - Math.Pow(options.Beta1, step);
        var correction2 = Math.Sqrt(1 - Math.Pow(options.Beta2, step));
        return new AdamWFactors(
            1 - (learningRate * options.WeightDecay), 1 - options.Beta1, options.Beta2, 1 - options.Beta2, options.Epsilon * correction2, learningRate * correction2 / correction1);
    }

    /// <summary>The same without decay.</summary>
    public AdamWFactors WithoutDecay => this with { Keep = 1 };
}
