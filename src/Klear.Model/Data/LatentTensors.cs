using static TorchSharp.torch;

namespace Klear.Model.Data;

// c channels, t latent frames of picture, h rows, w columns, l latent frames of sound

/// <summary>What a cache holds of one clip.</summary>
/// <param name="Video_cthw">Null where there is no picture.</param>
/// <param name="Audio_cl">Null where there is no sound.</param>
/// <param name="VideoText">Tokens of what is seen.</param>
/// <param name="AudioText">Tokens of what is heard.</param>
internal sealed record LatentTensors(Tensor? Video_cthw, Tensor? Audio_cl, Tensor VideoText, Tensor AudioText);
