namespace Curation.Models.Speech.Whisper;

/// <summary>Sequences being decoded over one window, with their key-value cache.</summary>
internal interface IWhisperDecoding : IDisposable
{
    /// <summary>Feeds the next tokens of every sequence.</summary>
    /// <param name="tokens">[sequences, length], row-major.</param>
    /// <param name="sequences">How many; as many as <see cref="Choose"/> left.</param>
    void Step(ReadOnlySpan<long> tokens, int sequences);

    /// <summary>Logits after a token of the last step; valid until the next step.</summary>
    ReadOnlySpan<float> Logits(int sequence, int position);

    /// <summary>Cross-attention of the first sequence in the last step: [tokens, positions of sound], each row sums to 1.</summary>
    ReadOnlySpan<float> Attention(int layer, int head);

    /// <summary>Replaces the sequences by chosen ones, with repetition: the beams that go on.</summary>
    void Choose(ReadOnlySpan<int> sources);
}
