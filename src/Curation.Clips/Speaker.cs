namespace Curation.Clips;

/// <summary>One turn of one speaker inside a clip.</summary>
/// <param name="Id">The same for every turn of one person in one clip: <c>S1</c>, <c>S2</c>, ...</param>
/// <param name="Gender"><c>female</c> or <c>male</c>; null where it could not be told.</param>
/// <param name="GenderConfidence">0..1; null where there is no gender.</param>
/// <param name="Age">Years; null without the model slot <c>speaker_attributes</c>.</param>
/// <param name="StartSeconds">Start of the turn, from the clip's start.</param>
/// <param name="EndSeconds">End of the turn, from the clip's start.</param>
public sealed record Speaker(string Id, string? Gender, double? GenderConfidence, double? Age, double StartSeconds, double EndSeconds);
