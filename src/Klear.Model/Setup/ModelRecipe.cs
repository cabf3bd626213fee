using Klear.Model.Data;
using Klear.Model.Model;

namespace Klear.Model.Setup;

/// <summary>All that a checkpoint's weights need beside themselves to generate: the model's shape, its codecs, and the scale of its latents.</summary>
/// <param name="Model">The model's shape.</param>
/// <param name="Encode">The codecs and the encoder of captions that it was trained with.</param>
/// <param name="Identity">What its latents were made of and with.</param>
/// <param name="VideoScale">Mean and deviation of the pictures' latents.</param>
/// <param name="AudioScale">Mean and deviation of the sound's latents.</param>
public sealed record ModelRecipe(KlearConfig Model, EncodePlan Encode, LatentIdentity Identity, LatentScale VideoScale, LatentScale AudioScale)
{
    /// <summary>Opens the codecs, and compares them with those that the latents were made with.</summary>
    /// <exception cref="InvalidOperationException">They are others; the message says which.</exception>
    public CodecSet OpenCodecs()
    {
        var codecs = CodecSet.Open(Encode);
        List<string> others = [];
        if (codecs.Video.Identity != Identity.VideoCodec) others.Add($"the video codec is '{codecs.Video.Identity}', trained with '{Identity.VideoCodec}'");
        if (codecs.Audio.Identity != Identity.AudioCodec) others.Add($"the audio codec is '{codecs.Audio.Identity}', trained with '{Identity.AudioCodec}'");
        if (codecs.TextIdentity != Identity.TextEncoder) others.Add($"the text encoder is '{codecs.TextIdentity}', trained with '{Identity.TextEncoder}'");
        if (others.Count == 0) return codecs;

        codecs.Dispose();
        throw new InvalidOperationException($"the checkpoint needs the codecs it was trained with: {string.Join("; ", others)}");
    }
}
