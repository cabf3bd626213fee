using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;

/// <summary>A stream's way out: modulated by the time, then projected. It starts at zero, so that an untrained model says "no movement".</summary>
internal sealed class VelocityOutput : Module
{
    private const string Offsets = "offsets";

    private readonly Linear _project;

    public VelocityOutput(int hidden, int outputs)
        : base(nameof(VelocityOutput))
    {
        _project = Linear(hidden, outputs);
        init.zeros_(_project.weight);
        init.zeros_(_project.bias!);
        register_parameter(Offsets, Parameter(zeros(2, hidden)));
        register_module("project", _project);
    }

    /// <param name="x_bld">Hidden states after the last block.</param>
    /// <param name="time_b1d">The embedded time, [b, 1, d] or [b, l, d].</param>
    public Tensor Run(Tensor x_bld, Tensor time_b1d)
    {
        using var scope = NewDisposeScope();
        var offsets = get_parameter(Offsets)!;
        return _project.call(KlearBlock.Modulate(x_bld, time_b1d + offsets[0], time_b1d + offsets[1])).MoveToOuterDisposeScope();
    }
}
