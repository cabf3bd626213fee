namespace Curation.Models.Speech.Agreement;

/// <summary>What the confidence in a transcript rests on.</summary>
public enum ConfidenceBasis
{
    /// <summary>Several models: mean over their pairs of 1 minus the word error rate between the two.</summary>
    Agreement,

    /// <summary>One model: the geometric mean of its own token or word probabilities. Not comparable with agreement.</summary>
    OwnProbability,

    /// <summary>One model that gives no probabilities.</summary>
    None,
}
