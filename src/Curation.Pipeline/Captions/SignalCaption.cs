namespace Curation.Pipeline.Captions;

/// <summary>What the embedded captioner says of a clip.</summary>
/// <param name="Video">What is seen.</param>
/// <param name="Audio">What is heard.</param>
/// <param name="Fused">Both in one, and how they go together.</param>
public sealed record SignalCaption(string Video, string Audio, string Fused);
