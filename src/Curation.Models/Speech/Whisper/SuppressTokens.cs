namespace Curation.Models.Speech.Whisper;

/// <summary>Forbids a list of tokens everywhere.</summary>
internal sealed class SuppressTokens : ILogitFilter
{
    private readonly int[] _tokens;

    public SuppressTokens(IEnumerable<int> tokens) => _tokens = [.. tokens];

    /// <summary>The tokens given (or those that are no speech) and every special token that only a prompt may hold.</summary>
    public static SuppressTokens For(WhisperTokenizer tokenizer, IReadOnlyList<int>? tokens)
    {
        var special = tokenizer.Special;
        return new SuppressTokens(
        [
            .. tokens ?? tokenizer.NonSpeech,
            special.Transcribe, special.Translate, special.StartOfTranscript, special.StartOfPrevious, special.StartOfLanguageModel, special.NoSpeech,
        ]);
    }

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        foreach (var token in _tokens) logits[token] = float.NegativeInfinity;
    }
}
