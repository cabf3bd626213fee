using static TorchSharp.torch;

namespace Klear.Model.Sampling;

/// <summary>Solves dx/dt = v(x, t) from noise at time 0 to data at time 1, for several tensors at once.</summary>
public static class FlowSolver
{
    /// <summary>Walks the path.</summary>
    /// <param name="velocity">Velocities of all tensors at a time; called in a dispose scope of its own.</param>
    /// <param name="noise">Where the path starts; left as it is.</param>
    /// <param name="times">Ascending, from 0 to 1: see <see cref="Times"/>.</param>
    /// <param name="solver">How.</param>
    /// <param name="cancellationToken">Asked before each step.</param>
    /// <returns>The data, in the caller's dispose scope.</returns>
    public static Tensor[] Solve(Func<Tensor[], double, Tensor[]> velocity, Tensor[] noise, IReadOnlyList<double> times, SampleSolver solver, CancellationToken cancellationToken = default)
    {
        Tensor[] x = [.. noise.Select(tensor => tensor.clone())];
        var steps = solver == SampleSolver.UniPc ? new UniPcSteps() : null;
        for (var i = 0; i + 1 < times.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (now, next) = (times[i], times[i + 1]);
            var v = velocity(x, now);
            Tensor[] y = solver switch
            {
                SampleSolver.Euler => Move(x, v, next - now),
                SampleSolver.Heun when i + 2 < times.Count => Heun(x, v, now, next),

                // At time 1 there is nothing left to correct with: the last step is straight.
                SampleSolver.Heun => Move(x, v, next - now),
                _ => steps!.Step(x, v, now, next),
            };
            foreach (var tensor in x) tensor.Dispose();
            x = [.. y.Select(tensor => tensor.MoveToOuterDisposeScope())];
        }

        steps?.Dispose();
        return x;

        Tensor[] Heun(Tensor[] at, Tensor[] v, double now, double next)
        {
            var w = velocity(Move(at, v, next - now), next);
            return Move(at, [.. v.Zip(w, (a, b) => (a + b) / 2)], next - now);
        }
    }

    /// <summary>The times of a number of steps.</summary>
    /// <param name="steps">At least 1.</param>
    /// <param name="shift">Above 1, more of the steps are near noise.</param>
    /// <returns><paramref name="steps"/> + 1 times from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps, or the shift is not positive.</exception>
    public static IReadOnlyList<double> Times(int steps, double shift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shift);

        return [.. Enumerable.Range(0, steps + 1).Select(i => 1 - ((double)i / steps)).Select(noise => 1 - (shift * noise / (1 + ((shift - 1) * noise))))];
    }

    private static Tensor[] Move(Tensor[] x, Tensor[] v, double step) => [.. x.Zip(v, (at, speed) => at + (speed * step))];
}
