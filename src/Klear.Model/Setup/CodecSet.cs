using Klear.Model.Codecs;
using Klear.Model.Codecs.Neural.MmAudio;
using Klear.Model.Codecs.Transform;
using Klear.Model.Codecs.Wan;
using Klear.Model.Data;
using Klear.Model.Text;

namespace Klear.Model.Setup;

/// <summary>The codecs and the text encoder of a plan, open.</summary>
/// <param name="Video">Pictures to latents and back.</param>
/// <param name="Audio">Sound to latents and back.</param>
/// <param name="Text">Captions to tokens.</param>
public sealed record CodecSet(IVideoCodec Video, IAudioCodec Audio, ITextEncoder Text) : IDisposable
{
    /// <summary>Bytes of what is said or sung that its own path reads; null where it goes with the audio caption.</summary>
    public int? SpeechBytes { get; init; }

    /// <summary>How a clip's texts are read, in one line: see <see cref="LatentIdentity.TextsOf"/>.</summary>
    public string TextIdentity => LatentIdentity.TextsOf(Text, SpeechBytes);

    /// <summary>Opens what a plan names.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="Curation.Models.Checkpoints.CheckpointException">A file of weights is not what it should be.</exception>
    public static CodecSet Open(EncodePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        IVideoCodec? video = null;
        IAudioCodec? audio = null;
        var opened = false;
        try
        {
            video = plan.Video.Wan is { } wan ? WanVideoCodec.Load(wan) : new TransformVideoCodec(new TransformVideoOptions { Channels = plan.Video.Channels });
            audio = plan.Audio is { MmAudio: { } vae, BigVgan: { } vocoder } ? MmAudioCodec.Load(vae, vocoder) : new TransformAudioCodec(new TransformAudioOptions { Channels = plan.Audio.Channels });
            ITextEncoder text = plan.Text.Onnx is { } folder ? OnnxTextEncoder.Open(folder, maxTokens: plan.Text.Tokens) : new HashedNgrams(plan.Text.Buckets, plan.Text.Tokens);
            opened = true;
            return new CodecSet(video, audio, text) { SpeechBytes = plan.Text.SpeechBytesApart };
        }
        finally
        {
            if (!opened)
            {
                video?.Dispose();
                audio?.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Video.Dispose();
        Audio.Dispose();
        Text.Dispose();
    }
}
