using Curation.Clips;
using Klear.Model.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Data;

// b batch, c channels, t latent frames of picture, h rows, w columns, l latent frames of sound or tokens, x width of a token or its pieces

/// <summary>Samples of one bucket, stacked. Disposing it disposes its tensors.</summary>
public sealed record LatentBatch : IDisposable
{
    private LatentBatch()
    {
    }

    /// <summary>Names of the clips.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Kinds of sound.</summary>
    public required IReadOnlyList<Split> Splits { get; init; }

    /// <summary>Latents of pictures; null where there are none.</summary>
    public required Tensor? Video_bcthw { get; init; }

    /// <summary>Latents of sound; null where there are none.</summary>
    public required Tensor? Audio_bcl { get; init; }

    /// <summary>Tokens of what is seen, [batch, tokens, width or pieces], padded with zeros; there may be no token.</summary>
    public required Tensor VideoText_blx { get; init; }

    /// <summary>Tokens of each text before the padding, Int64.</summary>
    public required Tensor VideoTextLengths_b { get; init; }

    /// <summary>Tokens of what is heard, [batch, tokens, width or pieces], padded with zeros; there may be no token.</summary>
    public required Tensor AudioText_blx { get; init; }

    /// <summary>Tokens of each text before the padding, Int64.</summary>
    public required Tensor AudioTextLengths_b { get; init; }

    /// <summary>Bytes of what is said or sung, where that has a path of its own: [batch, bytes] of <see cref="SpeechTokens"/>, padded with zeros; there may be none.</summary>
    public required Tensor Speech_bl { get; init; }

    /// <summary>Bytes of each before the padding, Int64.</summary>
    public required Tensor SpeechLengths_b { get; init; }

    /// <summary>Samples.</summary>
    public int Count => Keys.Count;

    internal IEnumerable<Tensor> Tensors => new[] { Video_bcthw, Audio_bcl, VideoText_blx, VideoTextLengths_b, AudioText_blx, AudioTextLengths_b, Speech_bl, SpeechLengths_b }.OfType<Tensor>();

    /// <summary>Stacks samples; they stay the caller's.</summary>
    /// <param name="samples">Samples of one bucket.</param>
    /// <returns>The batch, with latents as the samples have them; the caller disposes it, or its dispose scope does.</returns>
    /// <exception cref="ArgumentException">There is none, or their shapes differ.</exception>
    public static LatentBatch Stack(IReadOnlyList<LatentSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0) throw new ArgumentException("there is no sample to stack", nameof(samples));

        using var scope = NewDisposeScope();
        var (videoText_blx, videoTextLengths_b) = Pad([.. samples.Select(sample => sample.VideoText)]);
        var (audioText_blx, audioTextLengths_b) = Pad([.. samples.Select(sample => sample.AudioText)]);
        var (speech_bl, speechLengths_b) = SpeechTokens.Stack([.. samples.Select(sample => sample.Speech)]);
        var batch = new LatentBatch
        {
            Keys = [.. samples.Select(sample => sample.Key)],
            Splits = [.. samples.Select(sample => sample.Split)],
            Video_bcthw = StackLatents(samples, sample => sample.Video_cthw),
            Audio_bcl = StackLatents(samples, sample => sample.Audio_cl),
            VideoText_blx = videoText_blx,
            VideoTextLengths_b = videoTextLengths_b,
            AudioText_blx = audioText_blx,
            AudioTextLengths_b = audioTextLengths_b,
            Speech_bl = speech_bl,
            SpeechLengths_b = speechLengths_b,
        };
        foreach (var tensor in batch.Tensors) tensor.MoveToOuterDisposeScope();
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Tensors) tensor.Dispose();
    }

    private static Tensor? StackLatents(IReadOnlyList<LatentSample> samples, Func<LatentSample, Tensor?> select)
    {
        var first = select(samples[0]);
        foreach (var sample in samples)
        {
            var shape = select(sample)?.shape;
            if ((shape is null) != (first is null) || (shape is not null && !shape.SequenceEqual(first!.shape)))
            {
                throw new ArgumentException($"clips {samples[0].Key} and {sample.Key} cannot be stacked: one has latents [{Text(first?.shape)}], the other [{Text(shape)}]", nameof(samples));
            }
        }

        return first is null ? null : stack([.. samples.Select(sample => select(sample)!)]);
    }

    private static (Tensor Tokens_blx, Tensor Lengths_b) Pad(IReadOnlyList<Tensor> texts)
    {
        var (longest, width) = (texts.Max(text => text.shape[0]), texts.Max(text => text.shape[1]));
        var tokens_blx = zeros([texts.Count, longest, width], texts[0].dtype, texts[0].device);
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].shape[0] > 0) tokens_blx[i].narrow(0, 0, texts[i].shape[0]).narrow(1, 0, texts[i].shape[1]).copy_(texts[i]);
        }

        return (tokens_blx, torch.tensor(texts.Select(text => text.shape[0]).ToArray()));
    }

    private static string Text(long[]? shape) => shape is null ? "none" : string.Join(", ", shape);
}
