namespace Klear.Model.Training.Plans;

/// <summary>Moves a stage's mixture towards the cells that lag, by a rule that is explicit, bounded and replayable. Ours: the paper names the idea only.</summary>
/// <remarks>
/// A cell's gap is (smoothed loss - reference) / reference. Its share is proportional to base * exp(gap / temperature), held
/// between floor * base and ceiling * base; what bounds take or give goes to the other cells in proportion. The base shares lie
/// within all bounds and sum to 1, so there is always an answer. Cells without a loss have no gap. Where several processes train,
/// each must be given the same losses in the same order, or their mixtures part.
/// </remarks>
public sealed class Rebalancer
{
    // exp(-60) is below 1e-26: smaller proportions differ in nothing but rounding.
    private const double LowestExponent = -60;
    private const double SumTolerance = 1e-9;

    private readonly RebalanceRule _rule;
    private readonly CellState[] _cells;
    private readonly Dictionary<MixtureCell, int> _places;

    /// <summary>Starts with a stage.</summary>
    /// <param name="rule">The stage's rule.</param>
    /// <param name="weights">The stage's mixture, all above 0; only ratios count.</param>
    /// <param name="references">Losses that are no gap, above 0, such as those of an earlier stage. A cell without one takes its smoothed loss at the first change after it was seen.</param>
    /// <exception cref="ArgumentException">A weight or a reference is not above 0, a reference has no cell, or there is no cell.</exception>
    public Rebalancer(RebalanceRule rule, IReadOnlyDictionary<MixtureCell, double> weights, IReadOnlyDictionary<MixtureCell, double>? references = null)
        : this(rule, Start(weights, references))
    {
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <param name="rule">The stage's rule.</param>
    /// <param name="state">What <see cref="State"/> was.</param>
    /// <exception cref="ArgumentException">It is no such state.</exception>
    public Rebalancer(RebalanceRule rule, RebalanceState state)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Cells.Count == 0) throw new ArgumentException("A mixture has at least one cell.", nameof(state));
        if (state.Cells.DistinctBy(cell => cell.Cell).Count() != state.Cells.Count) throw new ArgumentException("A cell stands twice in the state.", nameof(state));
        if (state.Cells.FirstOrDefault(IsWrong) is { } wrong) throw new ArgumentException($"The cell {wrong.Cell} cannot be {wrong}.", nameof(state));
        if (Math.Abs(state.Cells.Sum(cell => cell.Base) - 1) > SumTolerance) throw new ArgumentException("The base shares do not sum to 1.", nameof(state));

        _rule = rule;
        _cells = [.. state.Cells];
        _places = _cells.Index().ToDictionary(entry => entry.Item.Cell, entry => entry.Index);
    }

    /// <summary>A copy of all that it remembers.</summary>
    public RebalanceState State => new([.. _cells]);

    /// <summary>A cell's share of the mixture now.</summary>
    /// <param name="cell">A cell.</param>
    /// <returns>0 to 1; 0 for a cell that the stage does not have.</returns>
    public double ShareOf(MixtureCell cell) => _places.TryGetValue(cell, out var place) ? _cells[place].Share : 0;

    /// <summary>Takes in a loss.</summary>
    /// <param name="cell">A cell of the stage.</param>
    /// <param name="loss">Its loss in a step, finite and not negative.</param>
    /// <exception cref="ArgumentException">The stage has no such cell.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The loss is negative or not finite.</exception>
    public void Observe(MixtureCell cell, double loss)
    {
        if (!double.IsFinite(loss) || loss < 0) throw new ArgumentOutOfRangeException(nameof(loss), loss, $"The loss of {cell} must be finite and not negative.");
        if (!_places.TryGetValue(cell, out var place)) throw new ArgumentException($"The mixture has no cell {cell}.", nameof(cell));

        var known = _cells[place];
        _cells[place] = known with { Loss = known.Loss is { } old ? (_rule.Smoothing * old) + ((1 - _rule.Smoothing) * loss) : loss };
    }

    /// <summary>Changes the mixture where a change is due.</summary>
    /// <param name="step">Steps of the stage that are done, 1 after the first.</param>
    /// <returns>What changed and why, for the log; null where nothing was due.</returns>
    public RebalanceChange? Step(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (step % _rule.Every != 0) return null;

        for (var i = 0; i < _cells.Length; i++)
        {
            if (_cells[i] is { Reference: null, Loss: > 0 and var loss }) _cells[i] = _cells[i] with { Reference = loss };
        }

        var shares = Shares();
        var changes = _cells.Zip(shares, (cell, share) => new CellChange(cell.Cell, cell.Loss, cell.Reference, Gap(cell), cell.Share, share)).ToList();
        for (var i = 0; i < _cells.Length; i++) _cells[i] = _cells[i] with { Share = shares[i] };

        return new RebalanceChange(step, changes);
    }

    private double[] Shares()
    {
        var exponents = Array.ConvertAll(_cells, cell => Gap(cell) / _rule.Temperature);
        var largest = exponents.Max();
        return WaterFilling.Shares(
            [.. _cells.Zip(exponents, (cell, exponent) => cell.Base * Math.Exp(Math.Max(exponent - largest, LowestExponent)))],
            Array.ConvertAll(_cells, cell => cell.Base * _rule.Floor),
            Array.ConvertAll(_cells, cell => cell.Base * _rule.Ceiling));
    }

    private static double Gap(CellState cell) => cell is { Loss: { } loss, Reference: { } reference } ? (loss - reference) / reference : 0;

    private static RebalanceState Start(IReadOnlyDictionary<MixtureCell, double> weights, IReadOnlyDictionary<MixtureCell, double>? references)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var cell in references?.Keys ?? [])
        {
            if (!weights.ContainsKey(cell)) throw new ArgumentException($"A reference is given for {cell}, which the mixture does not have.", nameof(references));
        }

        var sum = weights.Values.Sum();

        // The order is the enumerations', so that sums do not depend on how the caller built the dictionary.
        return new RebalanceState(
        [
            .. weights.OrderBy(entry => entry.Key.Task).ThenBy(entry => entry.Key.Split).Select(entry =>
                new CellState(entry.Key, entry.Value / sum, entry.Value / sum, null, references?.TryGetValue(entry.Key, out var reference) == true ? reference : null)),
        ]);
    }

    private static bool IsWrong(CellState cell) =>
        !(double.IsFinite(cell.Base) && cell.Base > 0 && cell.Share is >= 0 and <= 1 + SumTolerance)
        || cell.Loss is < 0 or double.NaN or double.PositiveInfinity
        || cell.Reference is <= 0 or double.NaN or double.PositiveInfinity;
}
