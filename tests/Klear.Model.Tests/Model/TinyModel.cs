using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

/// <summary>A model of a few thousand parameters, with inputs for it.</summary>
internal static class TinyModel
{
    public static readonly KlearConfig Config = new() { Layers = 2, Hidden = 32, Heads = 2, VideoChannels = 6, AudioChannels = 5, TextBuckets = 50 };

    /// <summary>A model none of whose weights are zero: a fresh one starts with gates closed, and shows nothing.</summary>
    public static KlearTransformer Create(KlearConfig? config = null)
    {
        manual_seed(11);
        var model = new KlearTransformer(config ?? Config);
        using var _ = no_grad();
        foreach (var parameter in model.parameters()) parameter.add_(randn_like(parameter) * 0.1);
        return model;
    }

    public static KlearInput Input(KlearConfig? config = null, int batch = 2, int seed = 5)
    {
        manual_seed(seed);
        var shape = config ?? Config;
        return new KlearInput
        {
            Video = randn([batch, shape.VideoChannels, 3, 2 * shape.Patch, 2 * shape.Patch]),
            Audio = randn(batch, shape.AudioChannels, 7),
            VideoText = randint(1, 50, [batch, 4, 3]),
            AudioText = randint(1, 50, [batch, 5, 3]),
            Time = rand(batch),
        };
    }

    public static bool Same(Tensor a, Tensor b) => a.shape.SequenceEqual(b.shape) && a.eq(b).all().item<bool>();
}
