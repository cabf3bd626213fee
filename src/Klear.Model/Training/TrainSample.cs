using Klear.Model.Data;
using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Training;

// b batch, l tokens, k hashed pieces or width of a vector

/// <summary>Turns a batch of the cache into what the model reads, with captions dropped so that it learns to go without.</summary>
internal static class TrainSample
{
    /// <summary>The model's input; its time is not set.</summary>
    /// <param name="batch">Normalised latents and captions.</param>
    /// <param name="videoDropout">Share of clips whose pictures' caption is left out.</param>
    /// <param name="audioDropout">Share of clips whose sound's caption is left out, and with it what is said or sung.</param>
    /// <param name="random">Decides which.</param>
    public static KlearInput Of(LatentBatch batch, double videoDropout, double audioDropout, Generator random)
    {
        // Drawn in any case, so that what follows does not depend on the captions.
        var videoKept_b = rand(batch.Count, generator: random) >= videoDropout;
        var audioKept_b = rand(batch.Count, generator: random) >= audioDropout;
        var (video_blk, videoKeys_bl) = Text(batch.VideoText_blx, batch.VideoTextLengths_b, videoKept_b);
        var (audio_blk, audioKeys_bl) = Text(batch.AudioText_blx, batch.AudioTextLengths_b, audioKept_b);
        var (speech_bl, speechKeys_bl) = Text(batch.Speech_bl, batch.SpeechLengths_b, audioKept_b);
        return new KlearInput
        {
            Video = batch.Video_bcthw,
            Audio = batch.Audio_bcl,
            VideoText = video_blk,
            VideoTextKeys = videoKeys_bl,
            AudioText = audio_blk,
            AudioTextKeys = audioKeys_bl,
            Speech = speech_bl,
            SpeechKeys = speechKeys_bl,
            Time = zeros(batch.Count),
        };
    }

    // A stream in which no clip has a token is left out; keys are needed only where the clips differ.
    private static (Tensor?, Tensor?) Text(Tensor tokens_blk, Tensor lengths_b, Tensor kept_b)
    {
        var seen_b = lengths_b * kept_b.to(lengths_b.dtype);
        var (longest, shortest) = (seen_b.max().item<long>(), seen_b.min().item<long>());
        if (longest == 0) return (null, null);

        var shown_blk = tokens_blk.narrow(1, 0, longest);
        return (shown_blk, shortest == longest ? null : arange(longest).unsqueeze(0) < seen_b.unsqueeze(1));
    }
}
