namespace Curation.Models.Speech.Whisper;

/// <summary>A head of the decoder's cross-attention.</summary>
/// <param name="Layer">Counted from 0.</param>
/// <param name="Head">Counted from 0.</param>
public readonly record struct AlignmentHead(int Layer, int Head);
