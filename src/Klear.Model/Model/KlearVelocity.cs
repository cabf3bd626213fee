using static TorchSharp.torch;

namespace Klear.Model.Model;

/// <summary>The velocities that a model predicts, in the shapes of the latents; null for a stream that was not there.</summary>
/// <param name="Video">[b, c, t, h, w].</param>
/// <param name="Audio">[b, c, l].</param>
public sealed record KlearVelocity(Tensor? Video, Tensor? Audio);
