namespace Curation.Models.Tagging;

/// <summary>A kind of sound that was heard.</summary>
/// <param name="Label">AudioSet's display name.</param>
/// <param name="Score">0..1: sigmoid of the model's logit, not a calibrated probability.</param>
public sealed record AudioTag(string Label, double Score);
