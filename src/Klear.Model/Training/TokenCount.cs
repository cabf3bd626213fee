using Klear.Model.Model;

namespace Klear.Model.Training;

/// <summary>Counts what goes through a model.</summary>
internal static class TokenCount
{
    /// <summary>Tokens of all streams that are there, over the whole batch.</summary>
    public static long Of(KlearConfig config, KlearInput input)
    {
        var video = input.Video is { } pictures ? pictures.shape[0] * pictures.shape[2] * (pictures.shape[3] / config.Patch) * (pictures.shape[4] / config.Patch) : 0;
        var audio = input.Audio is { } sound ? sound.shape[0] * sound.shape[2] : 0;
        return video + audio + Text(input.VideoText) + Text(input.AudioText) + Text(input.Speech);
    }

    private static long Text(TorchSharp.torch.Tensor? text) => text is null ? 0 : text.shape[0] * text.shape[1];
}
