using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;

// b batch, l tokens, k hashed pieces of a token, w width of an encoder's vector, d hidden

/// <summary>A text stream's way into the model: an encoder's vectors, or the sum of the learned embeddings of each token's hashed pieces and its place in the sentence.</summary>
internal sealed class TextInput : Module<Tensor, Tensor>
{
    private readonly Linear _project;
    private readonly Embedding? _pieces;

    public TextInput(KlearConfig config)
        : base(nameof(TextInput))
    {
        _project = Linear(config.TextWidth > 0 ? config.TextWidth : config.Hidden, config.Hidden);
        register_module("project", _project);
        if (config.TextWidth > 0) return;

        _pieces = Embedding(config.TextBuckets, config.Hidden, padding_idx: 0);
        register_module("pieces", _pieces);
    }

    /// <param name="tokens">[b, l, w] Float, or [b, l, k] Int64 where 0 is no piece.</param>
    /// <returns>[b, l, d].</returns>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        if (_pieces is null) return _project.call(tokens.to(_project.weight.dtype)).MoveToOuterDisposeScope();

        var words_bld = _pieces.call(tokens).sum(2);
        var places_ld = Sinusoids.Of(arange(tokens.shape[1], dtype: ScalarType.Float64, device: tokens.device), (int)words_bld.shape[2]);
        return _project.call(words_bld + places_ld.to(words_bld.dtype)).MoveToOuterDisposeScope();
    }
}
