using Klear.Model.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Sampling;

public sealed class FlowSolverTests
{
    private const double Mean = 2, Deviation = 0.5;

    [Theory]
    [InlineData(SampleSolver.Euler)]
    [InlineData(SampleSolver.Heun)]
    [InlineData(SampleSolver.UniPc)]
    public void Path_to_a_single_point_ends_there_exactly(SampleSolver solver)
    {
        using var scope = NewDisposeScope();
        var (noise, data) = (randn(2, 3).to(ScalarType.Float64), randn(2, 3).to(ScalarType.Float64));

        var end = FlowSolver.Solve((x, time) => [(data - x[0]) / (1 - time)], [noise], FlowSolver.Times(7, 3), solver, TestContext.Current.CancellationToken);

        Assert.True((end[0] - data).abs().max().item<double>() < 1e-9);
    }

    // Data N(2, 0.5^2): the exact flow takes noise z to 2 + 0.5 z. Halving the step divides the error by 2 or by about 4.
    [Theory]
    [InlineData(SampleSolver.Euler, 1.7, 2.4)]
    [InlineData(SampleSolver.Heun, 3.0, 6)]
    [InlineData(SampleSolver.UniPc, 3.0, 12)]
    public void Error_falls_with_the_order_of_the_solver(SampleSolver solver, double atLeast, double atMost)
    {
        using var scope = NewDisposeScope();

        Assert.InRange(Error(solver, 20) / Error(solver, 40), atLeast, atMost);
    }

    [Fact]
    public void UniPc_is_nearer_than_Euler_for_the_same_passes()
    {
        using var scope = NewDisposeScope();

        Assert.True(Error(SampleSolver.UniPc, 12) < Error(SampleSolver.Euler, 12) / 5);
    }

    [Fact]
    public void Times_with_a_shift_lean_to_noise()
    {
        Assert.Equal([0, 0.5, 1], FlowSolver.Times(2, 1));

        // Noise 1/2 with shift 3 is 0.75.
        Assert.Equal([0, 0.25, 1], FlowSolver.Times(2, 3));
    }

    [Fact]
    public void Steps_leave_no_tensors_behind()
    {
        using var noise = randn(2, 3);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var solver in Enum.GetValues<SampleSolver>())
        {
            using var scope = NewDisposeScope();
            FlowSolver.Solve((x, time) => [x[0] * time], [noise], FlowSolver.Times(5, 1), solver, TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static double Error(SampleSolver solver, int steps)
    {
        manual_seed(4);
        var noise = randn(1000, dtype: ScalarType.Float64);
        var end = FlowSolver.Solve((x, time) => [Velocity(x[0], time)], [noise], FlowSolver.Times(steps, 1), solver, TestContext.Current.CancellationToken);
        return (end[0] - ((noise * Deviation) + Mean)).abs().max().item<double>();
    }

    // x_t = t X + (1 - t) Z is normal with mean t m and variance v = t^2 s^2 + (1-t)^2; E[X - Z | x] follows from the covariance.
    private static Tensor Velocity(Tensor x, double time)
    {
        var variance = (time * time * Deviation * Deviation) + ((1 - time) * (1 - time));
        var covariance = (time * Deviation * Deviation) - (1 - time);
        return ((x - (time * Mean)) * (covariance / variance)) + Mean;
    }
}
