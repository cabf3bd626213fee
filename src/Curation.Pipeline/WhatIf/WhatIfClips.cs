using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.WhatIf;

/// <summary>The clips of one snapshot, ready to say within a moment what another policy would make of them.</summary>
/// <remarks>
/// <para>It says of every clip what <see cref="PolicyJudge"/> says, before a cut where a clip was never cut; a test compares the two on random clips.
/// Nothing is decided by a stored verdict: both policies are laid over the measurements.</para>
/// <para>In memory a clip takes 27 bytes, and 11 for each measurement that a policy asks for: 214 MB for a million clips under the 17 limits of
/// <c>demo</c>. Measurements are read when they are first asked for. Safe for several users at once.</para>
/// </remarks>
public sealed class WhatIfClips
{
    // Bit 0 is the length. There are fewer measurements than bits, and a policy names each once.
    private const int FirstLimit = 1;

    // Of now and of a draft.
    private const int KeptStandings = 2;

    private readonly IDatasetStore _store;
    private readonly ClipTable _table;
    private readonly WhatIfRows _rows;
    private readonly Policy _base;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MeasuredColumn> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<(string Key, LimitColumn Column)>> _standings = new(StringComparer.Ordinal);
    private (string Sha256, WhatIfPass.Found Found)? _now;
    private Task _loading = Task.CompletedTask;

    private WhatIfClips(IDatasetStore store, SnapshotManifest manifest, ClipTable table, Policy policy)
    {
        (_store, Manifest, _table, _base) = (store, manifest, table, policy);
        _rows = new WhatIfRows(table);
    }

    /// <summary>The snapshot.</summary>
    public SnapshotManifest Manifest { get; }

    /// <summary>How many clips there are.</summary>
    public int Rows => _rows.Count;

    /// <summary>Reads a snapshot.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="policy">The policy of now; its measurements are read, and its bounds lie on the axes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The clips.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<WhatIfClips> LoadAsync(IDatasetStore store, SnapshotManifest manifest, Policy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(policy);

        var table = await ClipTable.LoadAsync(store, manifest, MeasuredClipsReader.Measurements(policy), cancellationToken).ConfigureAwait(false);
        return new WhatIfClips(store, manifest, table, policy);
    }

    /// <summary>The histogram of a measurement.</summary>
    /// <param name="measurement">Its name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The histogram; it is made once.</returns>
    /// <exception cref="ArgumentException">No measurement has the name.</exception>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public async Task<WhatIfHistogram> HistogramAsync(string measurement, CancellationToken cancellationToken = default)
    {
        await NeedAsync([measurement], cancellationToken).ConfigureAwait(false);
        return ColumnOf(measurement).Histogram;
    }

    /// <summary>Says what another policy would change.</summary>
    /// <param name="policy">The policy of now.</param>
    /// <param name="draft">The other one.</param>
    /// <param name="examples">How many examples to find on each side.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Counts, and the nearest clips that change sides.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public async Task<WhatIfResult> CompareAsync(Policy policy, Policy draft, int examples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentOutOfRangeException.ThrowIfNegative(examples);

        await NeedAsync([.. MeasuredClipsReader.Measurements(policy), .. MeasuredClipsReader.Measurements(draft)], cancellationToken).ConfigureAwait(false);
        var now = await Task.Run(() => Now(policy, cancellationToken), cancellationToken).ConfigureAwait(false);
        var then = await Task.Run(() => Pass(policy, draft, examples).Run(cancellationToken), cancellationToken).ConfigureAwait(false);
        string[] places = [PolicyJudge.TooShort, .. Union(policy, draft)];
        return new WhatIfResult(
            policy, draft, YieldOf(policy, now.Tally), YieldOf(draft, then.Tally), LimitsOf(policy, now.Tally), LimitsOf(draft, then.Tally), then.Gained, then.Lost,
            [.. then.NearestGained.Ordered().Select(near => Example(near, policy, draft, places))],
            [.. then.NearestLost.Ordered().Select(near => Example(near, policy, draft, places))]);
    }

    private static IEnumerable<string> Union(Policy policy, Policy draft) => draft.Limits.Concat(policy.Limits).Select(limit => limit.Name).Distinct(StringComparer.Ordinal);

    private Task NeedAsync(IReadOnlyCollection<string> measurements, CancellationToken cancellationToken)
    {
        if (measurements.All(_table.Has)) return Task.CompletedTask;

        lock (_gate)
        {
            _loading = AddAsync(_loading, measurements);
            return _loading.WaitAsync(cancellationToken);
        }
    }

    // One reading after another, and for everybody: who asked first may have left, and others wait for the same.
    private async Task AddAsync(Task before, IReadOnlyCollection<string> measurements)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await _table.AddAsync(_store, Manifest, measurements, CancellationToken.None).ConfigureAwait(false);
    }

    private WhatIfPass.Found Now(Policy policy, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_now is { } known && known.Sha256 == policy.Sha256) return known.Found;
        }

        var found = Pass(policy, policy, 0).Run(cancellationToken);
        lock (_gate) _now = (policy.Sha256, found);
        return found;
    }

    private WhatIfPass Pass(Policy policy, Policy draft, int examples)
    {
        var names = Union(policy, draft).ToList();
        var (shared, before, after) = (new List<LimitKernel>(), new List<LimitKernel>(), new List<LimitKernel>());
        for (var place = 0; place < names.Count; place++)
        {
            var was = policy.Limits.FirstOrDefault(limit => limit.Name == names[place]);
            var becomes = draft.Limits.FirstOrDefault(limit => limit.Name == names[place]);
            if (was is not null && becomes is not null && WhatIfDraft.IsSame(policy, was, draft, becomes))
            {
                shared.Add(Kernel(draft, becomes, place));
                continue;
            }

            if (was is not null) before.Add(Kernel(policy, was, place));
            if (becomes is not null) after.Add(Kernel(draft, becomes, place));
        }

        var columns = names.Select(ColumnOf).ToList();
        return new WhatIfPass(_rows, shared, before, after)
        {
            ClipMin = (policy.ClipMin, draft.ClipMin),
            Bars = [[], .. columns.Select(column => column.Bins)],
            Axes = [null, .. columns.Select(column => column.Histogram.Axis)],
            Examples = examples,
        };
    }

    private LimitKernel Kernel(Policy policy, Limit limit, int place) => new(StandingsOf(policy, limit), limit, place + FirstLimit);

    // Where clips stand does not depend on the bounds, so moving a limit finds them here.
    private LimitColumn StandingsOf(Policy policy, Limit limit)
    {
        var key = string.Create(null, $"{string.Join(',', limit.For.Order())} {limit.MinConfidence:R} {limit.Unmeasured ?? policy.Unmeasured}");
        lock (_gate)
        {
            if (!_standings.TryGetValue(limit.Name, out var known)) _standings[limit.Name] = known = new();
            if (known.FirstOrDefault(entry => entry.Key == key).Column is { } column) return column;

            string[] names = limit.MinConfidence is not null && MeasurementCatalog.Get(limit.Name).ConfidenceName is { } confidence ? [limit.Name, confidence] : [limit.Name];
            var clips = new MeasuredClips(_table.Ids, _table.Splits, _table.Seconds, names.ToDictionary(name => name, name => new MeasurementColumn(_table.Values(name), _table.States(name))));
            column = LimitColumn.Read(policy, limit, clips);
            if (known.Count == KeptStandings) known.Dequeue();
            known.Enqueue((key, column));
            return column;
        }
    }

    private MeasuredColumn ColumnOf(string measurement)
    {
        lock (_gate)
        {
            if (!_columns.TryGetValue(measurement, out var column))
            {
                _columns[measurement] = column = MeasuredColumn.Of(_table, MeasurementCatalog.Get(measurement), _base.Limits.FirstOrDefault(limit => limit.Name == measurement));
            }

            return column;
        }
    }

    private WhatIfExample Example((int Row, int Place) near, Policy policy, Policy draft, string[] places)
    {
        var filter = places[near.Place];
        double? value = near.Place == 0 ? _rows.SecondsOf(near.Row) : _table.Values(filter)[near.Row];
        return new WhatIfExample(
            _table.Ids[near.Row], _rows.SplitOf(near.Row), _rows.SecondsOf(near.Row), OutcomeOf(policy, near.Row), OutcomeOf(draft, near.Row), filter, double.IsNaN(value.Value) ? null : value);
    }

    private ClipOutcome OutcomeOf(Policy policy, int row)
    {
        Span<uint> rejects = [0];
        Span<uint> lacks = [0];
        _rows.MarkShort(row, policy.ClipMin, rejects);
        for (var place = 0; place < policy.Limits.Count; place++) Kernel(policy, policy.Limits[place], place).Mark(row, rejects, lacks);
        return rejects[0] != 0 ? ClipOutcome.Rejected : lacks[0] != 0 ? ClipOutcome.Held : ClipOutcome.Retained;
    }

    private static WhatIfYield YieldOf(Policy policy, WhatIfTally tally)
    {
        var all = Enum.GetValues<ClipOutcome>().ToDictionary(outcome => outcome, outcome => Enumerable.Range(0, WhatIfRows.SplitCodes + 1).Select(split => tally.Of(outcome, split)).Aggregate((left, right) => left + right));

        // What is retained and nobody could call a voice is sound.
        var unknown = tally.Of(ClipOutcome.Retained, WhatIfRows.SplitCodes);
        var bySplit = SplitNames.All.ToDictionary(
            name => name, name => SplitNames.Find(name)!.Value is var split && split == Split.Sound ? tally.Of(ClipOutcome.Retained, (int)split) + unknown : tally.Of(ClipOutcome.Retained, (int)split));
        string[] names = [PolicyJudge.TooShort, .. policy.Limits.Select(limit => limit.Name)];
        var byFilter = names.Select((name, place) => (name, clips: tally.Names[place])).Where(entry => entry.clips > 0).ToDictionary(entry => entry.name, entry => entry.clips);
        return new WhatIfYield(all[ClipOutcome.Retained], all[ClipOutcome.Held], all[ClipOutcome.Rejected], bySplit, byFilter);
    }

    private IReadOnlyList<WhatIfLimit> LimitsOf(Policy policy, WhatIfTally tally) => [.. policy.Limits.Select((limit, index) =>
    {
        var place = index + FirstLimit;
        return new WhatIfLimit(
            limit, tally.Rejects[place], tally.OnlyRejects[place], tally.Holds[place], tally.Freed[place], [.. tally.Reachable(place).Take(ColumnOf(limit.Name).Histogram.Axis.Bins)]);
    })];
}
