using Klear.Model.Model;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Flow;

// b batch, c channels, t latent frames, h height, w width, l audio frames

/// <summary>Flow matching's loss: the squared error of the predicted velocity, averaged over what is generated, for each stream by itself.</summary>
public static class FlowLoss
{
    /// <summary>Puts data on the path and judges the model's velocity there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">Decides which streams are there and whether the first frame is given.</param>
    /// <param name="sample">Texts, and the data as its video and audio; time is not read.</param>
    /// <param name="options">Distribution of times, weights.</param>
    /// <param name="random">Where times and noise come from; null for torch's own generator.</param>
    /// <returns>The weighted sum and its parts, in the caller's dispose scope.</returns>
    public static FlowLossParts Compute(Module<KlearInput, KlearVelocity> model, KlearTask task, KlearInput sample, FlowOptions options, Generator? random = null)
    {
        using var scope = NewDisposeScope();
        var data = Masked(task, sample);
        var times_b = FlowPath.Times((data.Video ?? data.Audio!).shape[0], options, random);
        var videoNoise = Noise(data.Video, random);
        var audioNoise = Noise(data.Audio, random);
        var velocity = model.call(data with
        {
            Video = data.Video is { } video ? WithGivenFrame(FlowPath.Point(video, videoNoise!, times_b), video, task) : null,
            Audio = data.Audio is { } audio ? FlowPath.Point(audio, audioNoise!, times_b) : null,
            Time = times_b,
            FirstFrameIsClean = task.HasImage(),
        });
        var videoError = velocity.Video is { } pictures ? Error(Generated(pictures, task), Generated(FlowPath.Velocity(data.Video!, videoNoise!), task)) : null;
        var audioError = velocity.Audio is { } sound ? Error(sound, FlowPath.Velocity(data.Audio!, audioNoise!)) : null;
        var total = (videoError, audioError) switch
        {
            ({ } v, { } a) => (v * options.VideoWeight) + (a * options.AudioWeight),
            ({ } v, null) => v * options.VideoWeight,
            (null, { } a) => a * options.AudioWeight,
            _ => throw new ArgumentException($"{task.Name()} generates nothing of what the sample holds", nameof(sample)),
        };
        return new FlowLossParts(total.MoveToOuterDisposeScope(), videoError?.MoveToOuterDisposeScope(), audioError?.MoveToOuterDisposeScope());
    }

    /// <summary>A sample with the streams of a task only.</summary>
    public static KlearInput Masked(KlearTask task, KlearInput sample) => sample with
    {
        Video = task.HasVideo() ? sample.Video : null,
        Audio = task.HasAudio() ? sample.Audio : null,
        VideoText = task.HasText() && task.HasVideo() ? sample.VideoText : null,
        VideoTextKeys = task.HasText() && task.HasVideo() ? sample.VideoTextKeys : null,
        AudioText = task.HasText() && task.HasAudio() ? sample.AudioText : null,
        AudioTextKeys = task.HasText() && task.HasAudio() ? sample.AudioTextKeys : null,
        Speech = task.HasText() && task.HasAudio() ? sample.Speech : null,
        SpeechKeys = task.HasText() && task.HasAudio() ? sample.SpeechKeys : null,
    };

    /// <summary>Puts the given first frame into latents on the path, where the task has one.</summary>
    public static Tensor WithGivenFrame(Tensor point_bcthw, Tensor data_bcthw, KlearTask task)
    {
        if (!task.HasImage()) return point_bcthw;

        using var scope = NewDisposeScope();
        return cat([data_bcthw.narrow(2, 0, 1), point_bcthw.narrow(2, 1, point_bcthw.shape[2] - 1)], 2).MoveToOuterDisposeScope();
    }

    // The given frame carries no loss.
    private static Tensor Generated(Tensor video_bcthw, KlearTask task) => task.HasImage() ? video_bcthw.narrow(2, 1, video_bcthw.shape[2] - 1) : video_bcthw;

    private static Tensor Error(Tensor predicted, Tensor wanted) => (predicted.to(ScalarType.Float32) - wanted).square().mean();

    private static Tensor? Noise(Tensor? like, Generator? random) => like is null ? null : randn(like.shape, dtype: ScalarType.Float32, generator: random).to(like.device);
}
