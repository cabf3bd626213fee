using Klear.Model.Data;
using Klear.Model.Model;
using Klear.Model.Setup;
using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Sampling;

// b batch (1), c channels, t pictures or latent frames, h height, w width

/// <summary>Generates pictures and sound: text and picture to latents, through the model, and back to media.</summary>
/// <param name="model">The model, with the weights to use.</param>
/// <param name="recipe">What it was trained with.</param>
/// <param name="codecs">The codecs of the recipe, open.</param>
public sealed class MediaGenerator(KlearTransformer model, ModelRecipe recipe, CodecSet codecs)
{
    /// <summary>Generates.</summary>
    /// <param name="request">What.</param>
    /// <param name="progress">Told the share of the way that is done.</param>
    /// <param name="cancellationToken">Asked before each step.</param>
    /// <returns>What the task generates; the other is null.</returns>
    /// <exception cref="ArgumentException">The request does not fit together.</exception>
    public GeneratedMedia Generate(GenerateRequest request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var clips = recipe.Encode.Clips;
        var size = clips.Sizes[0];
        var seconds = request.Seconds ?? clips.Seconds.Min();
        var heard = request.AudioPrompt ?? request.Prompt;
        var speech = request.Speech.Trim();
        var latents = LatentSampler.Sample(model, new SampleRequest
        {
            Task = request.Task,
            VideoText = codecs.Text.Encode(request.Prompt),
            AudioText = codecs.Text.Encode(codecs.SpeechBytes is null ? ClipTexts.Joined(heard, speech) : heard),
            Speech = codecs.SpeechBytes is { } bytes ? Spoken(speech, bytes) : null,
            NegativeVideoText = codecs.Text.Encode(request.Negative),
            NegativeAudioText = codecs.Text.Encode(request.Negative),
            Image = request.Image is { } file ? Image(file, size) : null,
            Frames = 1 + ((clips.Pictures(seconds, codecs.Video) - 1) / codecs.Video.TimeFactor),
            Height = size.Height / codecs.Video.SpaceFactor,
            Width = size.Width / codecs.Video.SpaceFactor,
            AudioFrames = EncodeOptions.AudioFrames(seconds, codecs.Audio),
            Settings = request.Settings,
        }, progress, cancellationToken);
        return new GeneratedMedia(
            latents.Video is { } video ? codecs.Video.Decode(recipe.VideoScale.Restore(video))[0].ToPictures(clips.PicturesPerSecond) : null,
            latents.Audio is { } audio ? codecs.Audio.Decode(recipe.AudioScale.Restore(audio))[0].ToSound(codecs.Audio.SampleRate) : null);
    }

    // In training later words are left out; here somebody asked for them.
    private static Tensor Spoken(string speech, int bytes)
    {
        var count = SpeechTokens.Count(speech);
        return count <= bytes
            ? SpeechTokens.Encode(speech)
            : throw new ArgumentException($"the speech has {count} bytes in UTF-8, and this model was trained to read {bytes}: say less, or generate it in parts", nameof(speech));
    }

    private Tensor Image(string file, PictureSize size)
    {
        using var scope = NewDisposeScope();
        var picture_b3thw = FirstPicture.Read(file, size);
        var latent_bcthw = recipe.VideoScale.Normalise(codecs.Video.Encode(picture_b3thw));
        return latent_bcthw[0].select(1, 0).MoveToOuterDisposeScope();
    }
}
