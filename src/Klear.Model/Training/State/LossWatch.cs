using Klear.Model.Training.Plans;

namespace Klear.Model.Training.State;

/// <summary>Stops a run whose loss is lost, before it overwrites its good checkpoints.</summary>
public sealed class LossWatch
{
    private readonly DivergenceRule _options;
    private readonly Queue<double> _recent;

    /// <summary>A watch.</summary>
    /// <param name="options">Window and factor.</param>
    /// <param name="recent">What <see cref="Recent"/> was when the run was saved; null for a new run.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public LossWatch(DivergenceRule options, IReadOnlyList<double>? recent = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Window < 1) throw new ArgumentException($"{nameof(options.Window)} is {options.Window}, not 1 or above.", nameof(options));
        if (!(options.Factor > 1)) throw new ArgumentException($"{nameof(options.Factor)} is {options.Factor}, not above 1.", nameof(options));

        _options = options;
        _recent = new Queue<double>((recent ?? []).TakeLast(options.Window));
    }

    /// <summary>The losses of the window, oldest first; to be saved with the run.</summary>
    public IReadOnlyList<double> Recent => [.. _recent];

    /// <summary>The newest checkpoint known to be good, for the message; null while there is none.</summary>
    public string? LastGoodCheckpoint { get; set; }

    /// <summary>Looks at a step's loss.</summary>
    /// <param name="step">The step.</param>
    /// <param name="loss">Its loss, above 0 where it is well.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite, or the window is full and the loss is more than its median times the factor. The loss is not taken into the window.</exception>
    public void Observe(long step, double loss)
    {
        double? median = _recent.Count > 0 ? Median() : null;
        if (!double.IsFinite(loss)) throw new TrainingDivergedException(step, loss, median, _recent.Count, LastGoodCheckpoint);
        if (_recent.Count == _options.Window && loss > _options.Factor * median) throw new TrainingDivergedException(step, loss, median, _recent.Count, LastGoodCheckpoint);

        if (_recent.Count == _options.Window) _recent.Dequeue();
        _recent.Enqueue(loss);
    }

    private double Median()
    {
        var sorted = _recent.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
