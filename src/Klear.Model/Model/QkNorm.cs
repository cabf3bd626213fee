using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;
internal sealed class QkNorm : Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly double _epsilon;
    public QkNorm(int width, double epsilon) : base(nameof(QkNorm))
    {
        _epsilon = epsilon;
        _weight = Parameter(ones(width));
        register_parameter("weight", _weight);
    }
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var wide = x.to(ScalarType.Float32);
        return (wide * (wide.square().mean([-1], keepdim: true) + _epsilon).rsqrt() * _weight).to(x.dtype).MoveToOuterDisposeScope();
    }
}
