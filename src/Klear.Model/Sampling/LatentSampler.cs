using Klear.Model.Flow;
using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Sampling;

// b batch (1), c channels, t latent frames, h height, w width, l tokens or audio frames, k hashed pieces or width of a vector

/// <summary>Generates latents: solves the flow that a model describes, with guidance of its own for pictures and for sound.</summary>
public static class LatentSampler
{
    /// <summary>Generates one sample.</summary>
    /// <param name="model">The model; in evaluation it has no state that changes.</param>
    /// <param name="request">What.</param>
    /// <param name="progress">Told the share of the passes that are done.</param>
    /// <param name="cancellationToken">Asked before each step.</param>
    /// <returns>Latents on the scale of the training data, batch of 1, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The task and what is given do not fit.</exception>
    public static KlearVelocity Sample(KlearTransformer model, SampleRequest request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var given = request.Image?.unsqueeze(0).unsqueeze(2);
        using var random = new Generator((ulong)request.Settings.Seed);
        List<Tensor> noise = [];
        if (request.Task.HasVideo()) noise.Add(randn([1, model.Config.VideoChannels, request.Frames, request.Height, request.Width], generator: random));
        if (request.Task.HasAudio()) noise.Add(randn([1, model.Config.AudioChannels, request.AudioFrames], generator: random));

        var text = Texts(request, request.VideoText, request.AudioText, request.Speech);
        var negative = Texts(request, request.NegativeVideoText, request.NegativeAudioText, null);
        var guided = request.Settings.VideoGuidance != 1 || request.Settings.AudioGuidance != 1;
        var end = FlowSolver.Solve(Velocities, [.. noise], FlowSolver.Times(request.Settings.Steps, request.Settings.Shift), request.Settings.Solver, cancellationToken);
        return Split([.. end.Select((x, index) => given is not null && index == 0 ? WithGiven(x) : x)], tensor => tensor.MoveToOuterDisposeScope());

        Tensor[] Velocities(Tensor[] x, double time)
        {
            progress?.Report(time);
            var wanted = Run(text);
            if (!guided) return wanted;

            var unwanted = Run(negative);
            return [.. wanted.Select((velocity, index) => unwanted[index].lerp(velocity, index == 0 && request.Task.HasVideo() ? request.Settings.VideoGuidance : request.Settings.AudioGuidance))];

            Tensor[] Run(KlearInput with)
            {
                var (video, audio) = Split(x, tensor => tensor);
                var velocity = model.call(with with
                {
                    Video = video is null || given is null ? video : WithGiven(video),
                    Audio = audio,
                    Time = full(1, (float)time),
                    FirstFrameIsClean = given is not null,
                });
                return [.. new[] { velocity.Video, velocity.Audio }.OfType<Tensor>()];
            }
        }

        Tensor WithGiven(Tensor video_bcthw) => FlowLoss.WithGivenFrame(video_bcthw, given!, request.Task);

        KlearVelocity Split(Tensor[] tensors, Func<Tensor, Tensor> keep) => new(
            request.Task.HasVideo() ? keep(tensors[0]) : null,
            request.Task.HasAudio() ? keep(tensors[^1]) : null);
    }

    private static void Check(SampleRequest request)
    {
        List<string> wrong = [];
        if (request.Task.HasVideo() && (request.Frames < 1 || request.Height < 1 || request.Width < 1)) wrong.Add($"{request.Frames} frames of {request.Width} x {request.Height} are no pictures");
        if (request.Task.HasAudio() && request.AudioFrames < 1) wrong.Add($"{request.AudioFrames} audio frames are no sound");
        if (request.Task.HasImage() != request.Image is not null) wrong.Add(request.Image is null ? $"{request.Task.Name()} needs a first picture" : $"{request.Task.Name()} takes no first picture");
        if (wrong.Count > 0) throw new ArgumentException(string.Join("; ", wrong), nameof(request));
    }

    private static KlearInput Texts(SampleRequest request, Tensor? video, Tensor? audio, Tensor? speech) => FlowLoss.Masked(request.Task, new KlearInput
    {
        VideoText = Batched(video),
        AudioText = Batched(audio),
        Speech = Batched(speech),
        Time = zeros(1),
    });

    private static Tensor? Batched(Tensor? tokens) => tokens is not null && tokens.shape[0] > 0 ? tokens.unsqueeze(0) : null;
}
