using Klear.Model.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;

// b batch, l tokens, w width of the path, d hidden

/// <summary>The way of speech and lyrics into the sound's text stream: the learned embeddings of their bytes at a width of their own, with the place of each, projected.</summary>
internal sealed class SpeechInput : Module<Tensor, Tensor>
{
    private readonly Embedding _bytes;
    private readonly Linear _project;

    public SpeechInput(KlearConfig config)
        : base(nameof(SpeechInput))
    {
        _bytes = Embedding(SpeechTokens.Rows, config.SpeechWidth, padding_idx: 0);
        _project = Linear(config.SpeechWidth, config.Hidden);
        register_module("bytes", _bytes);
        register_module("project", _project);
    }

    /// <param name="tokens_bl">Int64, see <see cref="SpeechTokens"/>.</param>
    /// <returns>[b, l, d]. Padding has a value too, as it has in captions: the keys leave it out.</returns>
    public override Tensor forward(Tensor tokens_bl)
    {
        using var scope = NewDisposeScope();
        var bytes_blw = _bytes.call(tokens_bl);
        var places_lw = Sinusoids.Of(arange(tokens_bl.shape[1], dtype: ScalarType.Float64, device: tokens_bl.device), (int)bytes_blw.shape[2]);
        return _project.call(bytes_blw + places_lw.to(bytes_blw.dtype)).MoveToOuterDisposeScope();
    }
}
