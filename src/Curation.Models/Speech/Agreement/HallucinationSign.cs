namespace Curation.Models.Speech.Agreement;

/// <summary>A sign that words were made up.</summary>
/// <param name="Model">Whose words.</param>
/// <param name="Check">How it shows.</param>
/// <param name="Reason">With the numbers, in words.</param>
/// <param name="Start">Seconds from the start of the sound; null where it concerns the whole text.</param>
/// <param name="End">Seconds from the start of the sound; null where it concerns the whole text.</param>
public sealed record HallucinationSign(string Model, HallucinationCheck Check, string Reason, double? Start = null, double? End = null);
