namespace Curation.Models.Speech.Whisper;

/// <summary>Encoder and decoder, however they are run.</summary>
internal interface IWhisperModel : IDisposable
{
    WhisperDimensions Dimensions { get; }

    /// <summary>Whether the decoder shows which sound each token attended to.</summary>
    bool OffersAttention { get; }

    /// <summary>Runs the encoder on one window.</summary>
    /// <param name="mel">[bands, 3000], row-major.</param>
    IWhisperSound Encode(ReadOnlySpan<float> mel);

    /// <summary>Starts to decode an encoded window with an empty cache.</summary>
    /// <param name="sound">What <see cref="Encode"/> returned; must outlive the decoding.</param>
    /// <param name="withAttention">Keeps the cross-attention of each step; only where <see cref="OffersAttention"/>.</param>
    IWhisperDecoding Begin(IWhisperSound sound, bool withAttention = false);
}
