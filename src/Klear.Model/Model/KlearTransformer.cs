using Klear.Model.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;

// b batch, c channels, t latent frames, h height, w width, p patch side, l tokens or audio frames, m modulations, d hidden

/// <summary>Klear: one tower in which pictures, their text, the sound's text and sound attend to one another.</summary>
public sealed class KlearTransformer : Module<KlearInput, KlearVelocity>
{
    private const int VideoText = 1, AudioText = 2;

    // Times are embedded as if there were a thousand steps, the habit of diffusion models.
    private const double TimeScale = 1000;

    // Nearer to the data than this the division would blow up what is left of the error.
    private const double LeastNoise = 0.05;

    private readonly Linear _videoIn;
    private readonly Linear _audioIn;
    private readonly TextInput _videoTextIn;
    private readonly TextInput _audioTextIn;
    private readonly SpeechInput? _speechIn;
    private readonly Sequential _timeIn;
    private readonly Linear _modulation;
    private readonly KlearBlock[] _blocks;
    private readonly VelocityOutput _videoOut;
    private readonly VelocityOutput _audioOut;

    /// <summary>Makes a model with fresh weights, drawn from torch's generator.</summary>
    /// <param name="config">Its shape.</param>
    /// <exception cref="ArgumentException">No model can have this shape.</exception>
    public KlearTransformer(KlearConfig config)
        : base(nameof(KlearTransformer))
    {
        Config = config.Checked();
        var cell = config.VideoChannels * config.Patch * config.Patch;
        _videoIn = Linear(cell, config.Hidden);
        _audioIn = Linear(config.AudioChannels, config.Hidden);
        _videoTextIn = new TextInput(config);
        _audioTextIn = new TextInput(config);
        _speechIn = config.SpeechWidth > 0 ? new SpeechInput(config) : null;
        _timeIn = Sequential(Linear(KlearLayout.TimeFeatures, config.Hidden), SiLU(), Linear(config.Hidden, config.Hidden));
        _modulation = Linear(config.Hidden, KlearLayout.Modulations * config.Hidden);
        init.zeros_(_modulation.weight);
        init.zeros_(_modulation.bias!);
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(_ => new KlearBlock(config))];
        _videoOut = new VelocityOutput(config.Hidden, cell);
        _audioOut = new VelocityOutput(config.Hidden, config.AudioChannels);
        register_module("video_in", _videoIn);
        register_module("audio_in", _audioIn);
        register_module("video_text_in", _videoTextIn);
        register_module("audio_text_in", _audioTextIn);
        if (_speechIn is not null) register_module("speech_in", _speechIn);
        register_module("time_in", _timeIn);
        register_module("modulation", _modulation);
        register_module("blocks", ModuleList(_blocks));
        register_module("video_out", _videoOut);
        register_module("audio_out", _audioOut);
    }

    /// <summary>The model's shape.</summary>
    public KlearConfig Config { get; }

    /// <summary>Whether a block's activations are computed again in the backward pass instead of being kept: less memory for about a third more time.</summary>
    public bool Recomputes { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No stream is to be generated, or latents have other channels or sides than the model.</exception>
    public override KlearVelocity forward(KlearInput input)
    {
        Check(input);
        using var scope = NewDisposeScope();
        var embedded_bd = Embed(input.Time);
        var modulation_b1md = Modulations(embedded_bd);
        var frame = input.Video is { } video ? video.shape[3] / Config.Patch * (video.shape[4] / Config.Patch) : 0;
        var streams = Streams(input);
        var videoTime_bld = embedded_bd.unsqueeze(1);
        var videoModulation = modulation_b1md;
        if (input.FirstFrameIsClean)
        {
            var clean_bd = Embed(ones_like(input.Time));
            var tokens = streams[0].Hidden.shape[1];
            videoTime_bld = AlongVideo(clean_bd.unsqueeze(1), videoTime_bld, frame, tokens);
            videoModulation = AlongVideo(Modulations(clean_bd), modulation_b1md, frame, tokens);
        }

        var context = Context(input, streams);
        var hidden = streams.Select(stream => stream.Hidden).ToArray();
        Tensor[] modulations = [.. streams.Select(stream => stream.Index == 0 ? videoModulation : modulation_b1md)];
        foreach (var block in _blocks)
        {
            Tensor[] inputs = [.. hidden, .. modulations];
            hidden = Recomputes ? Recompute.Run(given => block.Run(given[..inputs.Length], context.From(given[inputs.Length..])), [.. inputs, .. context.Tensors]) : block.Run(inputs, context);
        }

        return new KlearVelocity(
            input.Video is null ? null : Velocity(Unpatch(_videoOut.Run(hidden[0], videoTime_bld), input.Video.shape), input.Video, input.Time).MoveToOuterDisposeScope(),
            input.Audio is null ? null : Velocity(_audioOut.Run(hidden[^1], embedded_bd.unsqueeze(1)).transpose(1, 2), input.Audio, input.Time).MoveToOuterDisposeScope());
    }

    private Tensor Velocity(Tensor output, Tensor x, Tensor time_b)
    {
        if (!Config.PredictsData) return output;

        var noise = (1 - time_b).clamp_min(LeastNoise).reshape([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 1)]);
        return (output.to(ScalarType.Float32) - x) / noise;
    }

    private void Check(KlearInput input)
    {
        if (input.Video is null && input.Audio is null) throw new ArgumentException("neither video nor audio latents are given, so there is nothing to generate", nameof(input));
        if (input.FirstFrameIsClean && input.Video is null) throw new ArgumentException("the first frame is said to be given, but there are no video latents", nameof(input));
        if (input.Speech is not null && _speechIn is null) throw new ArgumentException("speech is given by itself, but this model has no path for it: its speech_width is 0, so speech belongs into the sound's text", nameof(input));
        if (input.Video is { } video && (video.dim() != 5 || video.shape[1] != Config.VideoChannels || video.shape[3] % Config.Patch != 0 || video.shape[4] % Config.Patch != 0))
        {
            throw new ArgumentException($"video latents are [{string.Join(", ", video.shape)}]; [batch, {Config.VideoChannels}, frames, height, width] with sides divisible by {Config.Patch} is needed", nameof(input));
        }

        if (input.Audio is { } audio && (audio.dim() != 3 || audio.shape[1] != Config.AudioChannels))
        {
            throw new ArgumentException($"audio latents are [{string.Join(", ", audio.shape)}]; [batch, {Config.AudioChannels}, frames] is needed", nameof(input));
        }
    }

    private Tensor Embed(Tensor time_b) => _timeIn.call(Sinusoids.Of(time_b.to(ScalarType.Float64) * TimeScale, KlearLayout.TimeFeatures).to(_videoIn.weight.dtype));

    private Tensor Modulations(Tensor embedded_bd) => _modulation.call(functional.silu(embedded_bd)).unflatten(1, [KlearLayout.Modulations, Config.Hidden]).unsqueeze(1);

    // The given frame's tokens come first.
    private static Tensor AlongVideo(Tensor first, Tensor rest, long frame, long tokens)
    {
        long[] same = [-1, .. Enumerable.Repeat(-1L, (int)first.dim() - 2)];
        return cat([first.expand([same[0], frame, .. same[1..]]), rest.expand([same[0], tokens - frame, .. same[1..]])], 1);
    }

    // Those that are there, in the order of attention.
    private List<(int Index, Tensor Hidden, Tensor? Keys, Tensor Ids)> Streams(KlearInput input)
    {
        List<(int, Tensor, Tensor?, Tensor)> streams = [];
        var frames = input.Video?.shape[2] ?? 0;
        if (input.Video is { } video)
        {
            var ids = MixedRope.VideoIds(Config, frames, video.shape[3] / Config.Patch, video.shape[4] / Config.Patch);
            streams.Add((0, _videoIn.call(Patch(video).to(_videoIn.weight.dtype)), null, ids));
        }

        if (input.VideoText is { } videoText) streams.Add((VideoText, _videoTextIn.call(videoText), input.VideoTextKeys, MixedRope.TextIds(videoText.shape[1])));
        if (AudioTexts(input) is { } audioText) streams.Add((AudioText, audioText.Hidden, audioText.Keys, MixedRope.TextIds(audioText.Hidden.shape[1])));
        if (input.Audio is { } audio) streams.Add((KlearLayout.Streams.Length - 1, _audioIn.call(audio.transpose(1, 2).to(_audioIn.weight.dtype)), null, MixedRope.AudioIds(Config, audio.shape[2], frames)));
        return streams;
    }

    // The caption's tokens, then those of speech: one stream.
    private (Tensor Hidden, Tensor? Keys)? AudioTexts(KlearInput input)
    {
        var caption_bld = input.AudioText is { } caption ? _audioTextIn.call(caption) : null;
        var speech_bld = input.Speech is { } speech ? _speechIn!.call(speech) : null;
        if (caption_bld is null) return speech_bld is null ? null : (speech_bld, input.SpeechKeys);
        if (speech_bld is null) return (caption_bld, input.AudioTextKeys);

        var keys = input.AudioTextKeys is null && input.SpeechKeys is null ? null : cat([input.AudioTextKeys ?? AllKeys(caption_bld), input.SpeechKeys ?? AllKeys(speech_bld)], 1);
        return (cat([caption_bld, speech_bld], 1), keys);
    }

    private static Tensor AllKeys(Tensor hidden_bld) => ones(hidden_bld.shape[0], hidden_bld.shape[1], dtype: ScalarType.Bool, device: hidden_bld.device);

    private BlockContext Context(KlearInput input, List<(int Index, Tensor Hidden, Tensor? Keys, Tensor Ids)> streams)
    {
        var device = input.Time.device;
        var (cos, sin) = MixedRope.Angles(Config, cat([.. streams.Select(stream => stream.Ids)]).to(device));
        Tensor? keys = null;
        if (streams.Exists(stream => stream.Keys is not null))
        {
            keys = cat([.. streams.Select(stream => stream.Keys ?? AllKeys(stream.Hidden))], 1).unsqueeze(1).unsqueeze(1);
        }

        return new BlockContext([.. streams.Select(stream => stream.Index)], cos, sin, keys);
    }

    private Tensor Patch(Tensor video_bcthw)
    {
        int p = Config.Patch;
        return video_bcthw.unflatten(4, [-1, p]).unflatten(3, [-1, p]).permute(0, 2, 3, 5, 1, 4, 6).flatten(4).flatten(1, 3);
    }

    private Tensor Unpatch(Tensor tokens_bld, long[] shape)
    {
        int p = Config.Patch;
        return tokens_bld.unflatten(1, [shape[2], shape[3] / p, shape[4] / p]).unflatten(4, [shape[1], p, p]).permute(0, 4, 1, 2, 5, 3, 6).reshape(shape);
    }
}
