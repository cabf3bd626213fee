using Klear.Model.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;

// b batch, l tokens, d hidden, n heads, h width of a head

/// <summary>The layers of one stream in one block, or of all four where they share weights.</summary>
internal sealed class StreamWeights : Module
{
    private const double NormEpsilon = 1e-6;

    private readonly KlearConfig _config;
    private readonly Linear _qkv;
    private readonly Linear _project;
    private readonly Linear _up;
    private readonly Linear _down;
    private readonly RmsNorm _queryNorm;
    private readonly RmsNorm _keyNorm;

    public StreamWeights(KlearConfig config)
        : base(nameof(StreamWeights))
    {
        _config = config;
        _qkv = Linear(config.Hidden, 3 * config.Hidden);
        _queryNorm = new RmsNorm(config.HeadWidth, NormEpsilon);
        _keyNorm = new RmsNorm(config.HeadWidth, NormEpsilon);
        _project = Linear(config.Hidden, config.Hidden);
        _up = Linear(config.Hidden, config.Hidden * config.FeedForward);
        _down = Linear(config.Hidden * config.FeedForward, config.Hidden);
        register_module("qkv", _qkv);
        register_module("q_norm", _queryNorm);
        register_module("k_norm", _keyNorm);
        register_module("project", _project);
        register_module("up", _up);
        register_module("down", _down);
    }

    /// <summary>Queries, keys and values, each [b, l, n, h]; queries and keys are normalised over each head.</summary>
    public (Tensor Q, Tensor K, Tensor V) Attend(Tensor x_bld)
    {
        using var scope = NewDisposeScope();
        var qkv = _qkv.call(x_bld).unflatten(2, [3, _config.Heads, _config.HeadWidth]).unbind(2);
        return (
            _queryNorm.call(qkv[0]).MoveToOuterDisposeScope(),
            _keyNorm.call(qkv[1]).MoveToOuterDisposeScope(),
            qkv[2].MoveToOuterDisposeScope());
    }

    /// <summary>The heads' results back to the hidden width.</summary>
    /// <param name="x_blnh">This stream's part of the attention.</param>
    public Tensor Project(Tensor x_blnh)
    {
        using var scope = NewDisposeScope();
        return _project.call(x_blnh.flatten(2)).MoveToOuterDisposeScope();
    }

    /// <summary>The feed-forward layers.</summary>
    public Tensor Feed(Tensor x_bld)
    {
        using var scope = NewDisposeScope();
        return _down.call(functional.gelu(_up.call(x_bld), TorchSharp.Modules.GELU.Approximate.tanh)).MoveToOuterDisposeScope();
    }
}
